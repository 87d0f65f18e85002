import { expect, test } from 'vitest'
import { readList } from './s3-list.ts'

test('keys and the token of the next page, with entities', () => {
  const xml = `<?xml version="1.0"?><ListBucketResult><Name>b</Name><Contents><Key>files/ab/1</Key><Size>1</Size></Contents>
    <Contents><Key>a&amp;b&#x2f;&#99;&unknown;</Key></Contents><NextContinuationToken>&lt;+/=&gt;</NextContinuationToken></ListBucketResult>`
  expect(readList(xml)).toEqual({ keys: ['files/ab/1', 'a&b/c&unknown;'], next: '<+/=>' })
})

test('the last page', () => {
  expect(readList('<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>')).toEqual({
    keys: [],
    next: undefined,
  })
})
