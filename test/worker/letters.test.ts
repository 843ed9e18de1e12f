import test from 'ava'
import { alertWords } from '../../worker/letters/alerts.ts'
import { invitation } from '../../worker/letters/invitation.ts'
import { languageOf } from '../../worker/letters/letter.ts'
import { letterTo, render } from '../../worker/letters/render.ts'
import { statement } from '../../worker/letters/statement.ts'
import { openDatabase } from '../helpers/database.ts'

const reader = { name: 'Nina <b>', locale: 'en-GB', time_zone: 'Asia/Shanghai' }
const facts = {
  organization: 'A & <i>B</i>',
  inviter: 'Jane',
  role: 'member',
  expires_at: new Date('2026-11-28T09:00Z'),
  target: 'https://app.example.com/accept-invitation#token=rgi_x'
}

test('every kind of alert has its words, and no other', async t => {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const { rows } = await database.admin.query(
    `select kind[1] as kind from pg_constraint
     cross join regexp_matches(pg_get_constraintdef(oid), '''(\\w+)''', 'g') as kind where conname = 'alert_rules_kind_known'`
  )
  t.true(rows.length >= 7)
  for (const { kind } of rows) t.deepEqual(Object.keys(alertWords(kind)), ['en', 'zh'], kind)
  t.throws(() => alertWords('weather'))
})

test('Simplified Chinese is for whoever reads it, and English for all others', t => {
  for (const locale of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans', 'zh-Hans-CN']) t.is(languageOf(locale), 'zh', locale)
  for (const locale of [null, 'en', 'de-AT', 'zh-TW', 'zh-Hant', 'zh-Hant-TW', 'zh-HK'])
    t.is(languageOf(locale), 'en', String(locale))
})

test('a mail has a text and a page that loads nothing, and a name is no markup', async t => {
  const { subject, text, html } = await render(letterTo(invitation, facts, reader), reader, 'Rowgate')
  t.is(subject, 'Jane invites you to A & <i>B</i>')
  t.true(text.includes('Hello Nina <b>,') && text.includes(facts.target) && text.includes('17:00 GMT+8'), text)
  t.true(html.includes('Nina &lt;b&gt;') && html.includes('A &amp; &lt;i&gt;B&lt;/i&gt;') && !html.includes('<i>B'))
  t.regex(html, /lang="en"/)
  t.deepEqual(
    [...html.matchAll(/(?:src|href|url)\s*[=(]\s*["']?(\w+:[^"')#]*)/g)].map(([, address]) => address),
    ['https://app.example.com/accept-invitation']
  )
  const chinese = { ...reader, locale: 'zh-CN' }
  const translated = await render(letterTo(invitation, facts, chinese), chinese, 'Rowgate')
  t.true(translated.text.includes('您好') && translated.html.includes('接受邀请'))
  t.regex(translated.html, /lang="zh-Hans"/)
})

test('a statement shows its amounts as they are', async t => {
  const month = {
    organization: 'Acme',
    month: '2026-10-01',
    currency: 'USD',
    total: '10.000000000001',
    link: 'https://app.example.com/x',
    lines: [{ label: 'gpt-5', amount: '10.000000000001' }]
  }
  const { subject, text } = await render(letterTo(statement, month, reader), reader, 'Rowgate')
  t.is(subject, 'Acme: statement for October 2026')
  t.regex(text, /gpt-5: USD 10\.000000000001\nTotal: USD 10\.000000000001\n/)
})
