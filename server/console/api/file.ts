import { refusalOf } from './refusal.ts'
import { fetchSignedIn } from './session.ts'

/**
 * Asks for a file of an organization, and gives it to the browser to keep. The token is in no address: the browser never asks by itself.
 * Throws Refusal.
 */
export async function keepFile(name: string, path: string, slug: string): Promise<void> {
  const response = await fetchSignedIn(path, { headers: { 'x-tenant-id': slug } })
  if (!response.ok) throw await refusalOf(response)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
