// The answer that brought the page says by its nonce which styles are ours.
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

// A few components make a style element without asking for the nonce: to measure a scroll bar, and to keep the page still behind a
// dialog. Only our own scripts run here, so whatever they make may have it.
const create = document.createElement.bind(document)
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const made = create(name, options)
  if (made instanceof HTMLStyleElement) made.nonce = nonce
  return made
}) as typeof document.createElement
