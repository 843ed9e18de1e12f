/** The server's own refusals; those of the database are listed by `app_hidden.error_codes()`. */
export const httpErrors = {
  MALFORMED_JSON: {
    status: 400,
    message: 'The body is not valid JSON.',
    remedy: 'Check quotes and commas of what was sent; "line" says where, in a body of lines.'
  },
  GRAPHQL_INVALID: {
    status: 400,
    message: 'The GraphQL request is not valid.',
    remedy: 'Check it against the schema.'
  },
  QUERY_TOO_COMPLEX: {
    status: 400,
    message: 'The GraphQL document asks for too much.',
    remedy: 'Split it; "rule" says what is taken.'
  },
  RATE_LIMITED: {
    status: 429,
    message: 'Too many requests.',
    remedy: 'Wait "retry_after" seconds; "level" says whose limit it is.'
  },
  TOO_MANY_SUBSCRIPTIONS: {
    status: 429,
    message: 'You have too many subscriptions open.',
    remedy: 'Close some; "limit" says how many there may be.'
  },
  EXPORT_UNKNOWN: {
    status: 404,
    message: 'There is no such export of yours.',
    remedy: 'Check the id and the chosen organization; exports are deleted when they expire.'
  },
  LINK_BROKEN: {
    status: 410,
    message: 'The link is not whole, or has expired.',
    remedy: 'Ask the export for a new one.'
  },
  TOO_MANY_EXPORTS: {
    status: 429,
    message: 'The organization makes as many exports as it may at the same time.',
    remedy: 'Wait until one has ended; "limit" says how many there may be.'
  },
  TOO_MANY_SIGN_INS: {
    status: 429,
    message: 'Too many passwords are being checked.',
    remedy: 'Try again in a few seconds.'
  },
  PASSWORD_WRONG: {
    status: 403,
    message: 'The present password is wrong.',
    remedy: 'Send the one that you sign in with, or ask for a new one at /auth/password/forgot.'
  },
  SIGN_IN_OR_REGISTER: {
    status: 401,
    message: 'This needs somebody signed in, or a new account.',
    remedy:
      'Sign in and send the access token, or send "name" and "password" to make an account for the invited address.'
  },
  INVALID_INPUT: { status: 422, message: 'A value is not acceptable.', remedy: 'See "rule" for what is.' },
  TOKEN_INVALID: { status: 401, message: 'The access token is not valid.', remedy: 'Get a new one from /auth/token.' },
  API_KEY_MALFORMED: {
    status: 401,
    message: 'This is not a whole API key: its form or checksum is wrong.',
    remedy: 'Copy it again, all 70 characters; it was shown when it was created.'
  },
  REFRESH_TOKEN_REUSED: {
    status: 400,
    message: 'The refresh token was used before, so its session has ended.',
    remedy: 'Sign in again. If it was not you who used it, somebody has a copy.'
  },
  ISSUER_UNAVAILABLE: {
    status: 503,
    message: 'The keys of the issuer of this token are out of reach.',
    remedy: 'Try again in a moment.'
  },
  TOKEN_EXPIRED: {
    status: 401,
    message: 'The access token has expired.',
    remedy: 'Exchange the refresh token at /auth/token.'
  },
  METRICS_TOKEN_INVALID: {
    status: 401,
    message: 'The metrics need their own token.',
    remedy: 'Send ROWGATE_METRICS_TOKEN as "Authorization: Bearer …".'
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    message: 'There is nothing at this address.',
    remedy: 'GraphQL is at /graphql, tokens at /auth/token, usage at /v1/usage.'
  },
  CROSS_SITE: {
    status: 403,
    message: 'This is only for pages of this address.',
    remedy:
      'Send X-Rowgate-Page from a page of the same origin, or leave "store" out and keep the refresh token yourself.'
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: 'This address does not take that method.',
    remedy: 'Use the method in the Allow header.'
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: 'The body is larger than this address takes.',
    remedy: 'Split the request; "limit" says how many bytes there may be.'
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'The body has a content type that is not taken here.',
    remedy: 'Send application/json, or what /openapi.json names for this address.'
  },
  INTERNAL: {
    status: 500,
    message: 'Something went wrong on our side.',
    remedy: 'Try again; if it stays, report the request_id.'
  },
  OPERATION_NOT_ALLOWED: {
    status: 403,
    message: 'Only operations that are known here are run.',
    remedy: 'Send the "documentId" of one of them.'
  },
  OVERLOADED: {
    status: 503,
    message: 'Too many requests wait already.',
    remedy: 'Wait "retry_after" seconds and try again.'
  },
  DATABASE_UNAVAILABLE: { status: 503, message: 'The database is out of reach.', remedy: 'Try again in a moment.' },
  TIMEOUT: { status: 503, message: 'The request took too long and was stopped.', remedy: 'Ask for less at once.' },
  RETRY: { status: 503, message: 'The request met another one and was undone.', remedy: 'Send it again.' }
} as const satisfies Record<string, { status: number; message: string; remedy: string }>
