/** Sign-in of devices (RFC 8628) and revocation (RFC 7009): forms in, JSON out, as every OAuth client library speaks it. */
import { z } from 'zod'
import { scopeSchema } from './scope.ts'

/** Identifier of the command line at the token endpoints; it is public, and has no secret. */
export const commandLineClientId = 'hero-image'

export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code'

export const deviceAuthorizationRequestSchema = z
  .looseObject({
    client_id: z.string().max(100),
    scope: z
      .string()
      .max(500)
      .optional()
      .meta({ description: 'Scopes, separated by spaces. Default: all of the client.' }),
    client_name: z.string().max(100).optional().meta({ description: 'Name of the device, shown when it is approved.' }),
  })
  .meta({ id: 'DeviceAuthorizationRequest' })

export const deviceAuthorizationSchema = z
  .object({
    device_code: z.string(),
    user_code: z.string().meta({ example: 'WDJB-MJHT' }),
    verification_uri: z.url(),
    verification_uri_complete: z.url(),
    expires_in: z.number().int(),
    interval: z.number().int(),
  })
  .meta({ id: 'DeviceAuthorization' })

export const deviceTokenRequestSchema = z
  .looseObject({
    grant_type: z.string().max(200),
    device_code: z.string().max(200),
    client_id: z.string().max(100),
  })
  .meta({ id: 'DeviceTokenRequest' })

export const deviceTokenSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.number().int(),
    scope: z.string(),
  })
  .meta({ id: 'DeviceToken' })

export const revokeRequestSchema = z
  .looseObject({
    token: z.string().max(500),
    token_type_hint: z.string().max(100).optional(),
    client_id: z.string().max(100).optional(),
  })
  .meta({ id: 'RevokeRequest' })

/** Errors of these endpoints have the form of OAuth (RFC 6749, section 5.2); the members of a problem are there, too. */
export const oauthErrorSchema = z
  .looseObject({
    error: z.string().meta({ example: 'authorization_pending' }),
    error_description: z.string().optional(),
    type: z.string(),
    code: z.string(),
    title: z.string(),
    status: z.number().int(),
  })
  .meta({ id: 'OAuthError' })

export const userCodeSchema = z
  .strictObject({ user_code: z.string().min(8).max(20).meta({ example: 'WDJB-MJHT' }) })
  .meta({ id: 'UserCode' })

export const deviceWishSchema = z
  .object({
    client_name: z.string(),
    scopes: z.array(scopeSchema),
    state: z.enum(['pending', 'approved', 'denied']),
  })
  .meta({ id: 'DeviceWish' })

/** Where the endpoints of OAuth are (RFC 8414). */
export const oauthMetadataSchema = z
  .object({
    issuer: z.url(),
    device_authorization_endpoint: z.url(),
    token_endpoint: z.url(),
    revocation_endpoint: z.url(),
    token_endpoint_auth_methods_supported: z.array(z.string()),
    revocation_endpoint_auth_methods_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    response_types_supported: z.array(z.string()),
    scopes_supported: z.array(scopeSchema),
  })
  .meta({ id: 'OAuthMetadata' })
