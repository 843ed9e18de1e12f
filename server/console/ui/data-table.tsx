import { Table, type TableProps } from 'antd'

/** A table that scrolls sideways where there is little room, by keyboard as well. */
export function DataTable<Row extends object>({
  label,
  width,
  ...props
}: TableProps<Row> & { label: string; width?: number }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="sideways">
      <div style={{ minWidth: width ?? 560 }}>
        <Table<Row> pagination={false} size="middle" {...props} />
      </div>
    </div>
  )
}
