/**
 * Every answer of every test is held against the OpenAPI document that the service publishes: the status is one that the route tells of, the body fits its schema and has
 * nothing beside it, errors are problems, and nothing shows what it is made of. Tests get this for free with `request`.
 */
import { problemSchema, problems } from '@hero-image/client/contract'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { createOperationFinder, type OpenApiDocument, type Operation } from './document.ts'

/** A request and what came back. */
export interface Exchange {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly response: Response
}

/** Addresses that are no part of the API, and may answer without standing in its document. */
const undocumented = /^\/(?:openapi\.json$|demo\/)/

/** What must not be seen outside: traces, files of ours, SQL. */
const innards =
  /\n\s+at \S+|node_modules|file:\/\/\/|\.ts:\d+|\b(?:select .{1,200} from "|insert into "|update "\w+" set|delete from ")|pg_catalog|SQLSTATE/i

/**
 * Makes the check for one app.
 *
 * @returns a function that throws, saying which request was answered how, and what is wrong with it
 */
export function createAnswerCheck(readDocument: () => OpenApiDocument): (exchange: Exchange) => Promise<void> {
  let tools:
    | { find: ReturnType<typeof createOperationFinder>; validator: ReturnType<typeof createValidator> }
    | undefined
  return async ({ method, path, response }) => {
    if (tools === undefined) {
      const document = readDocument()
      tools = { find: createOperationFinder(document), validator: createValidator(document) }
    }
    const operation = tools.find(method, path)
    const complaints = await findComplaints({ method, path, response }, operation, tools.validator)
    if (complaints.length === 0) return
    const name = operation === undefined ? '' : ` (${operation.operationId})`
    throw new Error(
      [`${method} ${path}${name} answered ${response.status}, and that does not fit:`, ...complaints].join('\n  - '),
    )
  }
}

type Validator = (operation: Operation, status: string, mediaType: string) => ValidateFunction | undefined

async function findComplaints(
  { method, path, response }: Exchange,
  operation: Operation | undefined,
  validator: Validator,
): Promise<string[]> {
  const { status } = response
  const contentType = response.headers.get('content-type') ?? ''
  const mediaType = contentType.split(';')[0]?.trim() ?? ''
  const isJson = /^application\/(?:[\w.-]+\+)?json$/.test(mediaType)
  // Streams and files are read by the test alone.
  const text = method === 'HEAD' || (!isJson && status < 400) ? '' : await response.clone().text()
  const complaints =
    status >= 400 && innards.test(unescapeJson(text)) ? [`it shows what is inside: ${text.slice(0, 300)}`] : []
  if (method === 'HEAD') return complaints
  const documented = operation?.responses[String(status)]
  if (documented === undefined && status >= 400) return [...complaints, ...checkProblem(response, mediaType, text)]
  if (operation === undefined) {
    const isFine = method === 'OPTIONS' || undocumented.test(path)
    return isFine ? complaints : [...complaints, 'the OpenAPI document does not have this address']
  }
  if (documented === undefined) {
    const told = Object.keys(operation.responses).join(', ')
    return [...complaints, `the OpenAPI document tells of ${told} only`]
  }
  const types = Object.keys(documented.content ?? {})
  if (types.length === 0) {
    return text === ''
      ? complaints
      : [...complaints, `the OpenAPI document tells of no body, and there is ${text.slice(0, 200)}`]
  }
  if (!types.some((type) => fits(mediaType, type))) {
    return [...complaints, `the media type is '${contentType}' and not one of ${types.join(', ')}`]
  }
  if (!isJson) return complaints
  return [...complaints, ...checkBody(validator(operation, String(status), mediaType), text)]
}

function checkProblem(response: Response, mediaType: string, text: string): string[] {
  if (mediaType !== 'application/problem+json') return [`the error is no application/problem+json but '${mediaType}'`]
  const parsed = problemSchema.safeParse(parse(text))
  if (!parsed.success) return [`the error is no problem: ${parsed.error.message}`]
  const { code, type, title, status, request_id: requestId } = parsed.data
  const known = Object.entries(problems).find(([name]) => name === code)?.[1]
  if (known === undefined) return [`there is no problem '${code}' in the contract`]
  return [
    ...(type === `urn:hero-image:problem:${code}` ? [] : [`its type is ${type}`]),
    ...(title === known.title ? [] : [`its title is '${title}'`]),
    ...(status === response.status && status === known.status
      ? []
      : [`its status says ${status}, the contract ${known.status}`]),
    ...(requestId === response.headers.get('x-request-id') ? [] : ['its request_id is not that of the header']),
  ]
}

function checkBody(validate: ValidateFunction | undefined, text: string): string[] {
  if (validate === undefined) return []
  const body = parse(text)
  if (body === undefined) return [`the body is no JSON: ${text.slice(0, 200)}`]
  if (validate(body)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `the body at '${instancePath}' ${message} ${JSON.stringify(params)}`,
  )
}

/** Compiles the schemas of answers when they are first needed, closed: a field that no schema names is one that gets out by mistake. */
function createValidator(document: OpenApiDocument): Validator {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: {
      'date-time': (text) =>
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text)),
      date: /^\d{4}-\d\d-\d\d$/,
      email: /^[^@\s]+@[^@\s]+$/,
      uri: (text) => URL.canParse(text),
      uuid: /^[0-9a-f-]{36}$/,
      binary: true,
    },
  })
  ajv.addSchema({ $id: 'document', ...close(document) })
  const compiled = new Map<string, ValidateFunction>()
  return ({ path, method, responses }, status, mediaType) => {
    const type = Object.keys(responses[status]?.content ?? {}).find((each) => fits(mediaType, each))
    if (type === undefined) return undefined
    const steps = ['paths', path, method.toLowerCase(), 'responses', status, 'content', type, 'schema']
    const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
    const known = compiled.get(pointer)
    if (known !== undefined) return known
    const validate = ajv.compile({ $ref: `document#/${pointer}` })
    compiled.set(pointer, validate)
    return validate
  }
}

/** Objects that name their fields and do not say that there are others have no others. Parts of an `allOf` know each other's fields not. */
function close(value: unknown, isPart = false): object {
  if (Array.isArray(value)) return value.map((each) => (isObject(each) ? close(each, isPart) : each))
  if (!isObject(value)) return {}
  const closed = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isObject(inner) ? close(inner, name === 'allOf') : inner]),
  )
  const isOpen = isObject(value.properties) && value.type === 'object' && !('additionalProperties' in value)
  return isOpen && !isPart ? { ...closed, additionalProperties: false } : closed
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function fits(mediaType: string, documented: string): boolean {
  return (
    documented === '*/*' ||
    documented === mediaType ||
    (documented.endsWith('/*') && mediaType.startsWith(documented.slice(0, -1)))
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unescapeJson(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\"', '"')
}
