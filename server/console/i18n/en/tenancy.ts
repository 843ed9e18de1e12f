export const tenancy = {
  none: 'You are in no organization yet. Create one, or join with a code.',
  deleted: 'Deleted',
  restore: 'Restore',
  slug: 'Short name',
  slugHint: 'In addresses: lower-case letters, digits and hyphens, beginning with a letter',
  statuses: { active: 'active', suspended: 'suspended', deleted: 'deleted' },
  plans: { free: 'Free', basic: 'Basic', pro: 'Pro', enterprise: 'Enterprise' }
}
