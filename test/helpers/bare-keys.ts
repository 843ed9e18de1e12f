import { createHash } from 'node:crypto'
import express from 'express'
import pg from 'pg'

// What somebody writes by hand to verify a key: Express, and one select by the hash. It is started by npm run bench -- keys.

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['ROWGATE_POOL_SIZE'])
})
const app = express()
app.post('/auth/introspect', express.json(), async (request, response) => {
  const hash = createHash('sha256').update(String(request.body.token)).digest()
  const { rows } = await pool.query({
    name: 'verify',
    text: `select keys.id, keys.organization_id, keys.scopes
      from app_private.org_api_key_secrets as secrets join app_public.org_api_keys as keys on keys.id = secrets.key_id
      where secrets.key_hash = $1 and keys.status = 'active' and (keys.expires_at is null or keys.expires_at > now())`,
    values: [hash]
  })
  const [key] = rows
  response.json(
    key
      ? { active: true, client_id: key.id, organization_id: key.organization_id, scope: key.scopes.join(' ') }
      : { active: false }
  )
})
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`listens at http://127.0.0.1:${(server.address() as import('node:net').AddressInfo).port}`)
})
