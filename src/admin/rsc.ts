export { DashboardNote } from './dashboardNote'
export { Icon, Logo } from './logo'
