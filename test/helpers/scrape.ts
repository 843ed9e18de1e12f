export interface Sample {
  name: string
  labels: Record<string, string>
  value: string
}

/** The samples of a text in Prometheus' exposition format. Throws for a line that is none. */
export function samplesOf(text: string): Sample[] {
  return text
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => {
      const [, name, labels = '', value] = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? []
      if (!name || !value) throw new Error(`Not a sample: ${line}`)
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, text]) => [label!, text!] as const)
      return { name, labels: Object.fromEntries(pairs), value }
    })
}

export async function scrape(url: string, token?: string): Promise<Sample[]> {
  const response = await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  return samplesOf(await response.text())
}

/** The sum of the samples that have these labels; undefined when there is none. */
export function sum(samples: Sample[], name: string, labels: Record<string, string> = {}): number | undefined {
  const found = samples.filter(
    sample => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value)
  )
  return found.length === 0 ? undefined : found.reduce((total, { value }) => total + Number(value), 0)
}
