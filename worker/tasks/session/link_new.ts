import { linkTask } from '../../links.ts'

/** Sends a link to the address that an account is to have. */
export default linkTask('new')
