/** Style sheets of the page are taken out of its script by the build. */
declare module '*.css'
