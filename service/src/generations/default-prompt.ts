/** What providers are told when somebody extends a photo without a word. */
export const defaultPrompt =
  'Continue this photograph naturally beyond its edges: same scene, light, perspective, focus and grain. Add no people, no text, no frames and no new subjects.'
