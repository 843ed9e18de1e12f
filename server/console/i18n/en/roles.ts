export const roles = {
  create: 'New role',
  edit: 'Change the role',
  own: 'Own roles',
  none: 'No role of your own yet.',
  matrix: 'All rights',
  permission: 'Permission',
  permissions_one: '{{count}} permission',
  permissions_other: '{{count}} permissions',
  may: 'May',
  deleteTitle: 'Delete the role {{name}}?',
  why: 'Why?',
  whyTitle: 'Why can or can’t they?',
  who: 'Who',
  what: 'Do what',
  where: 'In which team',
  anywhere: 'the whole organization',
  chooseWhat: 'Choose what',
  allowed: 'Yes',
  denied: 'No',
  through: {
    membership: 'Not a member.',
    status: 'The organization is closed.',
    denial: 'It was taken from them.',
    grant: 'It was given to them.',
    role: 'Through the role {{name}}.',
    custom_role: 'Through the role {{name}}.',
    team_role: 'Through being {{name}} of a team.',
    none: 'Nothing gives it to them.'
  },
  reach: {
    organization: 'In the whole organization.',
    team: 'In that team and all below it.',
    own: 'For what is their own.'
  }
}
