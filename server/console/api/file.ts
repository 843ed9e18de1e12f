import { refusalOf } from './refusal.ts'
import { fetchSignedIn } from './session.ts'

/**
 * Asks for a file of an organization, and gives it to the browser to keep. The token is in no address: the browser never asks by itself.
 * Throws Refusal.
 * @param told gets how many bytes have come, again and again.
 */
export async function keepFile(
  name: string,
  path: string,
  slug: string,
  told: (bytes: number) => void = () => {}
): Promise<void> {
  const response = await fetchSignedIn(path, { headers: { 'x-tenant-id': slug } })
  if (!response.ok) throw await refusalOf(response)
  let bytes = 0
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      told((bytes += chunk.byteLength))
      controller.enqueue(chunk)
    }
  })
  const address = URL.createObjectURL(await new Response(response.body!.pipeThrough(counted)).blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
