/** Mails over SMTP, to a server on this machine. */
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { createSmtpMailer } from '../../src/mail/smtp-mailer.ts'

const servers: SMTPServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
}

async function startServer(received: Received[], refuse = false): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk) => {
        text += String(chunk)
      })
      stream.on('end', () => {
        if (refuse) return done(Object.assign(new Error('later, <ada@example.org>'), { responseCode: 451 }))
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text,
        })
        return done()
      })
    },
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  return `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

const mail = { to: 'ada@example.org', subject: 'Grüße', text: 'A link.' }

test('a mail arrives with sender, subject, attachment and a Message-ID that stays the same', async () => {
  const received: Received[] = []
  const mailer = createSmtpMailer(await startServer(received), 'Hero Image <no-reply@hero.test>')
  const attachments = [{ name: 'a.png', mediaType: 'image/png', content: Buffer.from('picture') }]
  await mailer.send({ ...mail, replyTo: 'support@hero.test', attachments }, 'the-id')
  await mailer.send(mail, 'the-id')
  expect(received).toHaveLength(2)
  expect(received[0]).toMatchObject({ from: 'no-reply@hero.test', to: ['ada@example.org'] })
  expect(received[0]?.text).toMatch(/Subject: =\?UTF-8\?/)
  expect(received[0]?.text).toContain('Reply-To: support@hero.test')
  expect(received[0]?.text).toContain('filename=a.png')
  expect(received.filter(({ text }) => text.includes('Message-ID: <the-id@hero.test>'))).toHaveLength(2)
})

test('an address cannot bring others or headers along', async () => {
  const received: Received[] = []
  const mailer = createSmtpMailer(await startServer(received), 'no-reply@hero.test')
  const subject = 'Hello\r\nBcc: third@example.org'
  for (const to of [
    'ada@example.org, eve@example.org',
    'ada@example.org\r\nBcc: eve@example.org',
    'ada@example.org>\r\nRCPT TO:<eve@example.org',
  ]) {
    await mailer.send({ ...mail, to, subject }, 'id').catch(() => undefined)
  }
  expect(
    received.flatMap(({ to }) => to).filter((to) => to === 'eve@example.org' || to === 'third@example.org'),
  ).toEqual([])
  expect(received.filter(({ text }) => /^Bcc:/im.test(text))).toEqual([])
})

test('a server that refuses or is away is an error, so that the mail stays', async () => {
  const mailer = createSmtpMailer(await startServer([], true), 'no-reply@hero.test')
  const refusal = await mailer.send(mail, 'id').catch((error: unknown) => error)
  // What the server said named the person.
  expect(String(refusal)).toBe('Error: The mail server did not take a mail (EMESSAGE 451).')
  expect(refusal).not.toHaveProperty('cause')
  await expect(createSmtpMailer('smtp://127.0.0.1:1', 'no-reply@hero.test').send(mail, 'id')).rejects.toThrow()
})
