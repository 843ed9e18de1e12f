/**
 * `id` is the column, as in SQL and in X-Tenant-ID, and `nodeId` the global object identifier; the stock names are
 * `rowId` and `id`.
 */
export const namesPlugin: GraphileConfig.Plugin = {
  name: 'NamesPlugin',
  inflection: {
    replace: {
      nodeIdFieldName: () => 'nodeId',
      _attributeName(previous, _options, details) {
        const name = previous!(details)
        return !details.skipRowId && name === 'row_id' ? 'id' : name
      }
    }
  }
}
