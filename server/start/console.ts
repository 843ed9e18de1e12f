import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

const root = join(import.meta.dirname, '../console')
const base = '/console/'
const output = join(root, 'dist')
const stamp = join(output, '.sources')

/** No source: what is built, and types that only the check of types makes and reads. */
const made = /^(dist(\.\d+)?|generated)$/

/** Of all that the pages are made of: their files, the versions of what they use, and how it is put together. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync('**/*.{ts,tsx,css,html,svg}', { cwd: root, exclude: name => made.test(name) }).sort()
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  hash.update(readFileSync(import.meta.filename))
  return hash.update(readFileSync(join(root, '../../package-lock.json'))).digest('hex')
}

// A file more costs a page that begins more than a few kilobytes that only the next page uses. What asks for data stands by itself,
// so that it runs before all the rest has come.
const groups: Rolldown.CodeSplittingGroup[] = [
  {
    name: 'ask',
    test: /node_modules.(@urql.core|@0no-co|wonka)|console.(api|shell.(mine|rights))\b|vite.preload/,
    priority: 2
  },
  { name: 'base', test: /node_modules/, tags: ['$initial'], priority: 1 },
  {
    name: 'shared',
    test: /node_modules(?!.*\blocale\b)/,
    minShareCount: 3,
    entriesAware: true,
    entriesAwareMergeThreshold: 40_000
  },
  { name: 'own', test: /server.console/, minShareCount: 3, entriesAware: true, entriesAwareMergeThreshold: 20_000 }
]

/** Puts the first script before all others, as early in the page as there is a place. */
const beginFirst: Plugin = {
  name: 'begin-first',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const begin = Object.values(bundle!).find(file => file.type === 'chunk' && file.name === 'begin')!
      return [{ tag: 'script', attrs: { type: 'module', src: base + begin.fileName }, injectTo: 'head-prepend' }]
    }
  }
}

/** Builds the console into server/console/dist, unless what is there was made of the same sources. */
export async function buildConsole(announce: (line: string) => void = () => {}): Promise<void> {
  const hash = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  announce('Building the console (once, and again when it was changed) …')
  const { NODE_ENV } = process.env
  const { build } = await import('vite')
  const unfinished = `${output}.${process.pid}`
  await build({
    configFile: false,
    root,
    base,
    plugins: [beginFirst],
    mode: 'production',
    logLevel: 'error',
    html: { cspNonce: '__NONCE__' },
    build: {
      outDir: unfinished,
      emptyOutDir: true,
      manifest: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: ['index.html', 'begin.ts'].map(file => join(root, file)),
        output: { codeSplitting: { groups } }
      }
    }
  })
  for (const file of globSync('assets/*.{js,css}', { cwd: unfinished })) {
    writeFileSync(join(unfinished, `${file}.gz`), gzipSync(readFileSync(join(unfinished, file)), { level: 9 }))
  }
  // Vite makes this process one of production, where secrets are not generated: the first `npm start` ended with that.
  if (NODE_ENV === undefined) delete process.env['NODE_ENV']
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
