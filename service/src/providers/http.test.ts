import { expect, test } from 'vitest'
import { ownAddress } from './http.ts'

test.each([
  ['https://api.bfl.ai/v1', 'https://api.us1.bfl.ai/v1/get_result?id=1'],
  ['https://queue.fal.run', 'https://queue.fal.run/fal-ai/flux/requests/1'],
  ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1/predictions/1'],
])('%s may send us, and our key, to %s', (base, address) => {
  expect(ownAddress(base, address)).toBe(address)
})

test.each([
  ['https://api.bfl.ai/v1', 'https://bfl.ai.example.org/get_result'],
  ['https://api.bfl.ai/v1', 'http://api.bfl.ai/get_result'],
  ['https://api.bfl.ai/v1', 'https://notbfl.ai/get_result'],
  ['https://api.bfl.ai/v1', 'https://user@api.bfl.ai/get_result'],
  ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8081/v1'],
  ['https://api.bfl.ai/v1', 'file:///etc/passwd'],
  ['https://api.bfl.ai/v1', 'nonsense'],
])('%s may not send them to %s', (base, address) => {
  expect(() => ownAddress(base, address)).toThrow('garbage')
})
