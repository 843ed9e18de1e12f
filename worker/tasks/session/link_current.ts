import { linkTask } from '../../links.ts'

/** Sends a link to the address that an account has. */
export default linkTask('current')
