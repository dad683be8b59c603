export { DashboardNote } from './dashboardNote'
export { Icon, Logo } from './logo'
export { PageLinks } from './pageLinks'
export { ThisDayPage } from './thisDay/thisDayPage'
