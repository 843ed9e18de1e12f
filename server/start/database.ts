import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { startCluster } from '../../db/cluster.ts'
import { folderError } from '../../db/cluster/error.ts'
import { makeFolder } from '../../db/cluster/folder.ts'
import { assertReachable } from './external.ts'
import type { Life } from './life.ts'
import type { StartSettings } from './settings.ts'

export interface Database {
  adminUrl: string
  /** Where its data is, in words. */
  place: string
}

export async function openDatabase({ dataDirectory, externalUrl }: StartSettings, life: Life): Promise<Database> {
  try {
    makeFolder(dataDirectory)
    accessSync(dataDirectory, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw folderError(dataDirectory, error)
  }
  if (externalUrl !== undefined) {
    await assertReachable(externalUrl, true)
    return { adminUrl: externalUrl, place: `in the database of DATABASE_URL (${new URL(externalUrl).host})` }
  }
  const cluster = await startCluster({ directory: join(dataDirectory, 'postgres') })
  void cluster.lost.then(life.fail)
  life.keep(cluster.stop, () => void cluster.stop('immediate'))
  return { adminUrl: cluster.url, place: cluster.dataDirectory }
}
