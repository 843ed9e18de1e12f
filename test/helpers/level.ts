/**
 * Whether a superuser installed the database under test (`full`), or an administrator without that right (`managed`), who
 * could not revoke what PostgreSQL gives to everybody.
 */
export const level: 'full' | 'managed' = process.env['ROWGATE_TEST_LEVEL'] === 'managed' ? 'managed' : 'full'
