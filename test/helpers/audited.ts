import type { Stage } from './stage.ts'

export interface AuditEvent {
  action: string
  actor_user_id: string | null
  actor_key_id: string | null
  subject_kind: string
  subject_id: string | null
  details: Record<string, unknown>
  request_id: string | null
}

/** What was audited in an organization, in order. */
export async function audited({ admin }: Pick<Stage, 'admin'>, organizationId: string): Promise<AuditEvent[]> {
  const { rows } = await admin.query('select * from app_public.audit_events where organization_id = $1 order by id', [
    organizationId
  ])
  return rows
}
