import type { CodegenConfig } from '@graphql-codegen/cli'

// The types of every document in the pages, from the tracked schema: a schema that changes breaks the type check. Types only:
// nothing of it is in the bundle.
const config: CodegenConfig = {
  schema: 'db/schema.graphql',
  documents: ['server/console/**/*.{ts,tsx}', '!server/console/generated/**'],
  silent: true,
  generates: {
    'server/console/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        strictScalars: true,
        defaultScalarType: 'unknown',
        // BigFloat and BigInt are texts of decimal digits: no page may make a double of money before it shows it.
        scalars: {
          UUID: 'string',
          Datetime: 'string',
          BigFloat: 'string',
          BigInt: 'string',
          CidrAddress: 'string',
          Cursor: 'string',
          JSON: 'unknown'
        }
      }
    }
  }
}
export default config
