/** Marks the requests that stand in style sheets: rules cannot see who asks. */

/** Goes to the end of the query. */
export const cssMark = '&hero-css'

export const cssMarkPattern: RegExp = /&hero-css(?:&|$)/
