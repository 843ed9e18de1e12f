import { useSyncExternalStore } from 'react'
import { sessionState, watchSession, type SessionState } from '../api/session.ts'

export const useSession = (): SessionState => useSyncExternalStore(watchSession, sessionState)
