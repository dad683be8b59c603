'use client'

import type { ReactNode } from 'react'

import './payload.css'
import './logo.css'
import './panel.css'
import '../preview/messages.css'
import '../stored/stored.css'
import './page.css'
import '../review/inbox/inbox.css'
import '../review/inbox/print.css'
import '../review/stale/sideBySide.css'
import '../arrivals/arrivals.css'
import '../calendar/calendar.css'
import '../review/dueReviews/dueReviews.css'
import '../review/versions/versions.css'
import '../session/signInAgain.css'
import '../dashboard/widgets.css'
import '../texts/texts.css'
import '../alert/alert.css'
import '../funding/funding.css'
import '../accounts/accounts.css'
import '../statistics/numbers.css'

/** Brings the plugin's style sheet to every page of the admin. */
export function AdminStyles({ children }: { children: ReactNode }) {
  return children
}
