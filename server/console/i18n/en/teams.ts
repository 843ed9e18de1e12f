export const teams = {
  create: 'New team',
  edit: 'Change the team',
  empty: 'No team yet.',
  choose: 'Choose a team to see who is in it and what it used.',
  dragHint: 'Drag a team onto another to move it, or choose its place under Edit.',
  above: 'Belongs to',
  top: 'Nothing: at the top',
  deleteTitle: 'Delete {{name}}?',
  deleteHint: 'What it used stays in the books.',
  noBudgets: 'No budget of its own.',
  usage: 'Used in the last 30 days',
  allUsage: 'All its usage',
  nobody: 'Nobody is in it.',
  add: 'Add somebody',
  roles: { lead: 'Lead', member: 'Member' }
}
