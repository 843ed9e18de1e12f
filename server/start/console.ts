import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../console')
const output = join(root, 'dist')
const stamp = join(output, '.sources')

/** Of all that the pages are made of: their files, and the versions of what they use. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync('**/*.{ts,tsx,css,html,svg}', { cwd: root, exclude: name => name === 'dist' }).sort()
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.update(readFileSync(join(root, '../../package-lock.json'))).digest('hex')
}

/** Builds the console into server/console/dist, unless what is there was made of the same sources. */
export async function buildConsole(announce: (line: string) => void = () => {}): Promise<void> {
  const hash = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  announce('Building the console (once, and again when it was changed) …')
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    base: '/console/',
    mode: 'production',
    logLevel: 'error',
    html: { cspNonce: '__NONCE__' },
    build: { outDir: 'dist', emptyOutDir: true, manifest: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 }
  })
  writeFileSync(stamp, hash)
}

if (import.meta.main) await buildConsole(console.log)
