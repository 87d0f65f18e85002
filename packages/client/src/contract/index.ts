/** The wire contract: what the service takes and gives. Both sides import it, so they cannot drift apart. */
export { type IdKind, idPrefixes, idSchema } from './id.ts'
export { maxPageSize, type PageQuery, pageQuerySchema, pageSchema } from './page.ts'
export {
  type FieldError,
  fieldErrorSchema,
  type Problem,
  type ProblemCode,
  problemSchema,
  problems,
} from './problem.ts'
export { isScope, type Scope, scopeNames, scopeSchema, scopes } from './scope.ts'
export { timeSchema } from './time.ts'
