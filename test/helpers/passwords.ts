/** Of the two logins on the throw-away cluster. */
export const passwords = { apiPassword: 'api-test-password', workerPassword: 'worker-test-password' }
