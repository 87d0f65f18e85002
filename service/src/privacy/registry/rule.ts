/** How a table is classified: what of it leads to a person, what they are given of it, and what becomes of it. */
import type { Tables } from '../../database/tables.ts'
import type { Lifetime } from '../retention/lifetimes.ts'

/** Name of a table of ours. */
export type TableName = keyof Tables

/** Name of one of its columns. */
export type ColumnOf<Name extends TableName> = keyof Tables[Name] & string

/**
 * What a person gets of a column. `exported`: it is in the export. `secret`: it would let somebody in, or is a hash of what would. `internal`: where or how we keep
 * something; it tells nothing about the person.
 */
export type ColumnUse = 'exported' | 'secret' | 'internal'

/** How a row leads to a person. */
export type Way<Name extends TableName> =
  /** The column holds the identifier of a person. */
  | { readonly column: ColumnOf<Name>; readonly holds: 'person' }
  /** The column holds text in which the identifier of a person stands. */
  | { readonly column: ColumnOf<Name>; readonly mentions: 'person' }
  /** The column holds the `id` of a row of another table, which leads further. */
  | { readonly column: ColumnOf<Name>; readonly to: TableName }

/**
 * What erasure does. `delete`: the rows go. `detach`: they stay and no longer lead to anybody; `clear` names the columns that become null. `keep`: they stay as
 * they are, and what they lead through is detached.
 */
export type Erasure<Name extends TableName> =
  | { readonly action: 'delete' }
  | { readonly action: 'detach'; readonly clear: readonly ColumnOf<Name>[]; readonly reason: string }
  | { readonly action: 'keep'; readonly reason: string }

/** A table with rows of people. */
export interface PersonalRule<Name extends TableName> {
  /** What a row is, for people. */
  readonly about: string
  readonly way: Way<Name>
  readonly columns: { readonly [Column in ColumnOf<Name>]: ColumnUse }
  readonly erasure: Erasure<Name>
  readonly kept: Lifetime
}

/** A table whose rows lead to nobody. */
export interface ImpersonalRule<Name extends TableName> {
  readonly about: string
  /** Why nobody can be found by a row. */
  readonly nobody: string
  readonly columns: { readonly [Column in ColumnOf<Name>]: 'internal' }
  readonly kept: Lifetime
}

/** How a table is classified. */
export type TableRule<Name extends TableName> = PersonalRule<Name> | ImpersonalRule<Name>

/** Rules of some tables. */
export type RulesOf<Name extends TableName> = { readonly [Table in Name]: TableRule<Table> }
