import config from '@payload-config'
import {
  REST_DELETE,
  REST_GET,
  REST_OPTIONS,
  REST_PATCH,
  REST_POST,
  REST_PUT,
} from '@payloadcms/next/routes'

import { limitRequest } from '../../../../cms/requestSize'

export const GET = REST_GET(config)
export const POST = limitRequest(REST_POST(config))
export const DELETE = limitRequest(REST_DELETE(config))
export const PATCH = limitRequest(REST_PATCH(config))
export const PUT = limitRequest(REST_PUT(config))
export const OPTIONS = REST_OPTIONS(config)
