import config from '@payload-config'
import { GRAPHQL_POST, REST_OPTIONS } from '@payloadcms/next/routes'

import { limitGraphql } from '../../../../cms/requestSize'

export const POST = limitGraphql(GRAPHQL_POST(config))
export const OPTIONS = REST_OPTIONS(config)
