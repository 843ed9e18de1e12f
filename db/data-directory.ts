import { join, resolve } from 'node:path'

const project = join(import.meta.dirname, '..')

export function dataDirectory(env: NodeJS.ProcessEnv): string {
  return env['ROWGATE_DATA'] ? resolve(env['ROWGATE_DATA']) : join(project, '.rowgate')
}
