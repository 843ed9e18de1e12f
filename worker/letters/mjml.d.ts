// The package brings no types along; this is what is used of it.
declare module 'mjml' {
  const mjml2html: (
    source: string,
    options?: { validationLevel?: 'strict' | 'soft' | 'skip'; fonts?: Record<string, string> }
  ) => Promise<{ html: string; errors: { formattedMessage: string }[] }>
  export default mjml2html
}
