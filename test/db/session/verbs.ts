import { allowed, everyPerson, long, nobodyElse, unknownId, type Verb } from '../../helpers/verbs.ts'

const everybodyIs = (words: string): Verb['who'] => ({
  ...nobodyElse,
  ...Object.fromEntries(Object.entries(everyPerson).map(([name, usual]) => [name, usual === allowed ? words : usual]))
})

export const verbs: Record<string, Verb> = {
  me: { arguments: () => ({}), who: everyPerson, bad: {} },
  sign_out: { arguments: () => ({}), who: everyPerson, bad: {} },
  my_sessions: { arguments: () => ({}), who: { ...everyPerson, stranger: '2 rows', nobody: '2 rows' }, bad: {} },
  end_session: {
    arguments: world => ({ session_id: world.sessions.nobody }),
    by: 'nobody',
    who: { ...nobodyElse, stranger: 'NOT_FOUND', nobody: '1 row' },
    bad: {
      session_id: [
        [null, 'NOT_FOUND'],
        [unknownId, 'NOT_FOUND']
      ]
    },
    foreign: world => ({ session_id: world.sessions.stranger })
  },
  sign_out_everywhere: {
    arguments: () => ({ keep_current: true }),
    who: everyPerson,
    bad: { keep_current: [['perhaps', '22P02 invalid input syntax for type boolean: "perhaps"']] }
  },
  request_email_verification: { arguments: () => ({}), who: everybodyIs('ALREADY_EXISTS'), bad: {} },
  change_email: {
    arguments: () => ({ email: 'fresh@example.com' }),
    who: everyPerson,
    bad: {
      email: [
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        ['ada', 'INVALID_INPUT'],
        ['ada@example.com\nBcc: x@example.com', 'INVALID_INPUT'],
        [`${long(250)}@example.com`, 'INVALID_INPUT'],
        [' OWNER@example.com', 'ALREADY_EXISTS']
      ]
    }
  },
  delete_account: {
    // Everybody but who it names is asked for their own.
    arguments: () => ({ email: ' Owner@example.com ' }),
    who: { ...everybodyIs('INVALID_INPUT'), owner: allowed },
    bad: {
      email: [
        [null, 'INVALID_INPUT'],
        ['', 'INVALID_INPUT'],
        ['member@example.com', 'INVALID_INPUT']
      ]
    }
  },
  update_profile: {
    arguments: () => ({
      name: 'New',
      avatar_url: 'https://example.com/me.png',
      locale: 'de-AT',
      time_zone: 'Europe/Vienna'
    }),
    who: everyPerson,
    bad: {
      name: [
        ['', 'users_name_length'],
        ['   ', 'users_name_length'],
        ['two\nlines', 'users_name_length'],
        [long(201), 'users_name_length']
      ],
      avatar_url: [
        ['http://example.com/me.png', 'users_avatar_url_form'],
        ['javascript:alert(1)', 'users_avatar_url_form'],
        [`https://${long(2000)}`, 'users_avatar_url_form']
      ],
      locale: [
        ['german', 'users_locale_form'],
        ['de_AT', 'users_locale_form'],
        ['DE', 'users_locale_form'],
        ['de\n', 'users_locale_form']
      ],
      time_zone: [
        ['Mars/Olympus', 'INVALID_INPUT'],
        ['EST5EDT', 'INVALID_INPUT'],
        ['europe/vienna', 'INVALID_INPUT'],
        ['+02:00', 'INVALID_INPUT']
      ]
    }
  }
}
