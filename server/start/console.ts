import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../console')
const output = join(root, 'dist')
const stamp = join(output, '.sources')

/** No source: what is built, and types that only the check of types makes and reads. */
const made = /^(dist(\.\d+)?|generated)$/

/** Of all that the pages are made of: their files, and the versions of what they use. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync('**/*.{ts,tsx,css,html,svg}', { cwd: root, exclude: name => made.test(name) }).sort()
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.update(readFileSync(join(root, '../../package-lock.json'))).digest('hex')
}

/** Builds the console into server/console/dist, unless what is there was made of the same sources. */
export async function buildConsole(announce: (line: string) => void = () => {}): Promise<void> {
  const hash = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  announce('Building the console (once, and again when it was changed) …')
  const { build } = await import('vite')
  const unfinished = `${output}.${process.pid}`
  await build({
    configFile: false,
    root,
    base: '/console/',
    mode: 'production',
    logLevel: 'error',
    html: { cspNonce: '__NONCE__' },
    build: { outDir: unfinished, emptyOutDir: true, manifest: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 }
  })
  writeFileSync(join(unfinished, '.sources'), hash)
  // Put in place as a whole: another process may serve what is there, or build the same.
  rmSync(output, { recursive: true, force: true })
  try {
    renameSync(unfinished, output)
  } catch {
    // Somebody else was faster.
    rmSync(unfinished, { recursive: true })
  }
}

if (import.meta.main) await buildConsole(console.log)
