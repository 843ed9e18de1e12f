import type { PgClientResult } from '@dataplan/pg'

export type Notice = NonNullable<PgClientResult<unknown>['notices']>[number]

/** As pg hands it over: every field that Postgres sends is text. */
export type NoticeMessage = { [field in keyof Notice]?: string | undefined }

export function noticeOf(message: NoticeMessage): Notice {
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
  return {
    severity: (message.severity ?? 'NOTICE') as Notice['severity'],
    message: message.message ?? '',
    code: message.code,
    detail: message.detail,
    hint: message.hint,
    position: number(message.position),
    internalPosition: number(message.internalPosition),
    internalQuery: message.internalQuery,
    where: message.where,
    schema: message.schema,
    table: message.table,
    column: message.column,
    dataType: message.dataType,
    constraint: message.constraint,
    file: message.file,
    line: number(message.line),
    routine: message.routine
  }
}
