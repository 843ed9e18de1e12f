import type { RequestHandler } from 'express'
import type pg from 'pg'
import type { ReadCredential } from '../credentials.ts'
import { HttpError } from '../errors.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { tokenBody } from '../middleware/body.ts'
import { admit } from '../middleware/rates.ts'
import { stretch, stretchNew } from '../password.ts'
import { flight } from '../pg.ts'
import { networkOf } from '../rates/address.ts'
import { nameOf, type RateLimits } from '../rates/limits.ts'
import { currentRequest } from '../request.ts'
import { fingerprint } from '../tokens.ts'
import { fieldsOf } from './fields.ts'
import { form, json, problems } from './openapi.ts'
import type { Route } from './route.ts'

const text = { type: 'string' }
const password = { type: 'string', description: '10 to 1,000 characters.' }
const token = { type: 'string', description: 'From the e-mail.' }

/** What takes a password or the secret of an e-mail: the database gets hashes only, so it is not GraphQL's. */
export function accountRoutes(pool: pg.Pool, read: ReadCredential, limits: RateLimits): Route[] {
  const ask = async (text: string, values: unknown[]): Promise<readonly any[]> =>
    (await flight(pool, currentRequest().opening, { name: text, text, values })).rows

  const route = (
    path: string,
    properties: Record<string, object>,
    words: { operationId: string; summary: string; description: string; responses: object; security?: object[] },
    handler: RequestHandler
  ): Route => ({
    method: 'post',
    path,
    operation: {
      tags: ['accounts'],
      requestBody: form({ type: 'object', required: Object.keys(properties), properties }),
      ...words
    },
    handlers: [authenticate(read), admit(limits), ...tokenBody, handler]
  })

  return [
    route(
      '/auth/email/confirm',
      { token },
      {
        operationId: 'confirmEmail',
        summary: 'Confirm an e-mail address',
        description:
          'Takes what an e-mail carried, of a new account or of a change of address, which two addresses confirm.',
        responses: {
          ...json('It is confirmed, or waits for the other address.', {
            type: 'object',
            required: ['status'],
            properties: { status: { enum: ['confirmed', 'waiting'] } },
            additionalProperties: false
          }),
          ...problems(401, 403, 410, 413, 415, 422, 429, 500, 503)
        }
      },
      async (request, response) => {
        const { token } = fieldsOf(request, ['token'])
        const [answer] = await ask('select app_hidden.confirm_email($1) as status', [fingerprint(token)])
        response.json(answer)
      }
    ),
    route(
      '/auth/password/forgot',
      { email: text },
      {
        operationId: 'forgotPassword',
        summary: 'Ask for a new password',
        description:
          'Sends the owner of the address a link that works once, for an hour. It answers alike for any address.',
        responses: {
          202: { description: 'If the address has an account, an e-mail is on its way.' },
          ...problems(401, 403, 413, 415, 422, 429, 500, 503)
        }
      },
      async (request, response) => {
        const { email } = fieldsOf(request, ['email'])
        await limits.attempt(request, response, email.trim().toLowerCase())
        await ask('select app_hidden.forgot_password($1)', [email])
        response.status(202).end()
      }
    ),
    route(
      '/auth/password/reset',
      { token, password },
      {
        operationId: 'resetPassword',
        summary: 'Set a new password with a link',
        description: 'Takes what the e-mail carried, once, and ends all sessions.',
        responses: {
          204: { description: 'It is set; sign in with it.' },
          ...problems(401, 403, 410, 413, 415, 422, 429, 500, 503)
        }
      },
      async (request, response) => {
        const { token, password } = fieldsOf(request, ['token', 'password'])
        const hash = fingerprint(token)
        await ask('select app_hidden.reset_password($1, $2, $3)', [hash, ...(await stretchNew(password))])
        response.status(204).end()
      }
    ),
    route(
      '/auth/password',
      { current_password: text, password },
      {
        operationId: 'changePassword',
        summary: 'Change your password',
        description: 'Ends all your other sessions.',
        security: [{ bearer: [] }],
        responses: {
          204: { description: 'It is changed.' },
          ...problems(401, 403, 413, 415, 422, 429, 500, 503)
        }
      },
      async (request, response) => {
        const fields = fieldsOf(request, ['current_password', 'password'])
        await limits.attempt(request, response, nameOf(currentRequest().caller))
        const [{ salt }] = await ask('select app_hidden.own_password_salt() as salt', [])
        const [newSalt, newKey] = await stretchNew(fields.password)
        const currentKey = salt && (await stretch(fields.current_password.slice(0, 1001), salt))
        const [{ changed, level, retry_after }] = await ask(
          'select * from app_hidden.change_password($1, $2, $3, $4)',
          [currentKey, newSalt, newKey, networkOf(request.ip ?? '')]
        )
        if (retry_after) throw new HttpError('RATE_LIMITED', { level, retry_after })
        if (!changed) throw new HttpError('PASSWORD_WRONG')
        response.status(204).end()
      }
    )
  ]
}
