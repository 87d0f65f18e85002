/** The wire contract: what the service takes and gives. Both sides import it, so they cannot drift apart. */
export {
  cropSchema,
  type ExportSettings,
  exportLimits,
  exportSettingsSchema,
  markupSchema,
  type PhotoDecisions,
  photoDecisionsSchema,
} from './export-settings.ts'
export {
  type ExportAnswer,
  type ExportFailure,
  type ExportKind,
  exportFailureSchema,
  exportKindSchema,
  exportKinds,
  exportPageSchema,
  exportQuerySchema,
  exportSchema,
  exportStateSchema,
  newExportSchema,
} from './exports.ts'
export {
  isProjectEventType,
  type ProjectEventData,
  type ProjectEventType,
  projectEventPageSchema,
  projectEventSchema,
  projectEvents,
} from './history.ts'
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
export {
  newProjectSchema,
  type ProjectAnswer,
  projectChangeSchema,
  projectPageSchema,
  projectQuerySchema,
  projectSchema,
} from './projects.ts'
export { isScope, type Scope, scopeNames, scopeSchema, scopes } from './scope.ts'
export { timeSchema } from './time.ts'
