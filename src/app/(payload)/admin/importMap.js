import { TrashPanel as TrashPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { StaleSave as StaleSave_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ReaderView as ReaderView_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ReviewPanel as ReviewPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { CommentPanel as CommentPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { PlainPanel as PlainPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ContentPreview as ContentPreview_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { VoicesPanel as VoicesPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { HiddenPanel as HiddenPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { StateCell as StateCell_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { HiddenField as HiddenField_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SlotCell as SlotCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SlotReading as SlotReading_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { DayCell as DayCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { DayInput as DayInput_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { RowName as RowName_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { InstantCell as InstantCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ListExport as ListExport_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { WaitingRows as WaitingRows_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { VersionPage as VersionPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { VersionsPage as VersionsPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { ProposalPanel as ProposalPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SharePanel as SharePanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SurveyChoice as SurveyChoice_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { StageInput as StageInput_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { PeriodBegin as PeriodBegin_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { AreaChoice as AreaChoice_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { InstantDayCell as InstantDayCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { StoredInstant as StoredInstant_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { StoredValue as StoredValue_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ReleaseWithdrawn as ReleaseWithdrawn_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ReleaseApprovalsCell as ReleaseApprovalsCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ReleaseApprovals as ReleaseApprovals_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { AuditTitleCell as AuditTitleCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { AuditNoteCell as AuditNoteCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { AuditPlace as AuditPlace_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { AuditExport as AuditExport_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { WordChange as WordChange_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SenderCheck as SenderCheck_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { TownCalendarLink as TownCalendarLink_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { PauseEffect as PauseEffect_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { AccountPanel as AccountPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { PresentPassword as PresentPassword_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { HasLeftCell as HasLeftCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { LastLogInCell as LastLogInCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SecondFactorCell as SecondFactorCell_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SecondFactorPanel as SecondFactorPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SessionsPanel as SessionsPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ApiKeyPanel as ApiKeyPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { VoiceActs as VoiceActs_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { NewerRecord as NewerRecord_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { FundingTableLink as FundingTableLink_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SurveyPanel as SurveyPanel_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { QueryPresetsWhereCell as QueryPresetsWhereCell_2b8867833a34864a02ddf429b0728a40 } from '@payloadcms/next/client'
import { QueryPresetsWhereField as QueryPresetsWhereField_2b8867833a34864a02ddf429b0728a40 } from '@payloadcms/next/client'
import { Icon as Icon_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { Logo as Logo_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { LogInHelp as LogInHelp_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { DashboardNote as DashboardNote_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { PageLinks as PageLinks_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { AdminStyles as AdminStyles_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { SignInAgain as SignInAgain_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { ReadAloud as ReadAloud_8c549403a2d62c1f0200271a3304ff9f } from 'kizuna/client'
import { InboxPage as InboxPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { CoveragePage as CoveragePage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { TextsPage as TextsPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { ArrivalsPage as ArrivalsPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { CalendarPage as CalendarPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { AlertsPage as AlertsPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { PostersPage as PostersPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { NumbersPage as NumbersPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { OperationPage as OperationPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { SurveysPage as SurveysPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { FundingPage as FundingPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { CounterPage as CounterPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { MovesPage as MovesPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { TakeoutPage as TakeoutPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { DueReviewsPage as DueReviewsPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { LinksPage as LinksPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { ImportPage as ImportPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { ProposalPage as ProposalPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { LibraryPage as LibraryPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { PlainPage as PlainPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { RenewalPage as RenewalPage_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { InboxWidget as InboxWidget_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { ActWidget as ActWidget_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { ProposalWidget as ProposalWidget_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { StatesWidget as StatesWidget_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { DueWidget as DueWidget_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { RateWidget as RateWidget_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { DeliveriesWidget as DeliveriesWidget_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'
import { PracticeClockNote as PracticeClockNote_e2f80da7e503ee7b5afb93213d6b54ca } from 'kizuna/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "kizuna/client#TrashPanel": TrashPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#StaleSave": StaleSave_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ReaderView": ReaderView_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ReviewPanel": ReviewPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#CommentPanel": CommentPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#PlainPanel": PlainPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ContentPreview": ContentPreview_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#VoicesPanel": VoicesPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#HiddenPanel": HiddenPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/rsc#StateCell": StateCell_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/client#HiddenField": HiddenField_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SlotCell": SlotCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SlotReading": SlotReading_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#DayCell": DayCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#DayInput": DayInput_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#RowName": RowName_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#InstantCell": InstantCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ListExport": ListExport_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#WaitingRows": WaitingRows_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/rsc#VersionPage": VersionPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#VersionsPage": VersionsPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/client#ProposalPanel": ProposalPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SharePanel": SharePanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SurveyChoice": SurveyChoice_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#StageInput": StageInput_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#PeriodBegin": PeriodBegin_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#AreaChoice": AreaChoice_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#InstantDayCell": InstantDayCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#StoredInstant": StoredInstant_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#StoredValue": StoredValue_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ReleaseWithdrawn": ReleaseWithdrawn_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ReleaseApprovalsCell": ReleaseApprovalsCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ReleaseApprovals": ReleaseApprovals_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#AuditTitleCell": AuditTitleCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#AuditNoteCell": AuditNoteCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#AuditPlace": AuditPlace_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#AuditExport": AuditExport_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#WordChange": WordChange_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SenderCheck": SenderCheck_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#TownCalendarLink": TownCalendarLink_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#PauseEffect": PauseEffect_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#AccountPanel": AccountPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#PresentPassword": PresentPassword_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#HasLeftCell": HasLeftCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#LastLogInCell": LastLogInCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SecondFactorCell": SecondFactorCell_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SecondFactorPanel": SecondFactorPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SessionsPanel": SessionsPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ApiKeyPanel": ApiKeyPanel_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#VoiceActs": VoiceActs_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#NewerRecord": NewerRecord_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#FundingTableLink": FundingTableLink_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SurveyPanel": SurveyPanel_8c549403a2d62c1f0200271a3304ff9f,
  "@payloadcms/next/client#QueryPresetsWhereCell": QueryPresetsWhereCell_2b8867833a34864a02ddf429b0728a40,
  "@payloadcms/next/client#QueryPresetsWhereField": QueryPresetsWhereField_2b8867833a34864a02ddf429b0728a40,
  "kizuna/rsc#Icon": Icon_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#Logo": Logo_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#LogInHelp": LogInHelp_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#DashboardNote": DashboardNote_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#PageLinks": PageLinks_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/client#AdminStyles": AdminStyles_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#SignInAgain": SignInAgain_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/client#ReadAloud": ReadAloud_8c549403a2d62c1f0200271a3304ff9f,
  "kizuna/rsc#InboxPage": InboxPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#CoveragePage": CoveragePage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#TextsPage": TextsPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#ArrivalsPage": ArrivalsPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#CalendarPage": CalendarPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#AlertsPage": AlertsPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#PostersPage": PostersPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#NumbersPage": NumbersPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#OperationPage": OperationPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#SurveysPage": SurveysPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#FundingPage": FundingPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#CounterPage": CounterPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#MovesPage": MovesPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#TakeoutPage": TakeoutPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#DueReviewsPage": DueReviewsPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#LinksPage": LinksPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#ImportPage": ImportPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#ProposalPage": ProposalPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#LibraryPage": LibraryPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#PlainPage": PlainPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#RenewalPage": RenewalPage_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#InboxWidget": InboxWidget_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#ActWidget": ActWidget_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#ProposalWidget": ProposalWidget_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#StatesWidget": StatesWidget_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#DueWidget": DueWidget_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#RateWidget": RateWidget_e2f80da7e503ee7b5afb93213d6b54ca,
  "kizuna/rsc#DeliveriesWidget": DeliveriesWidget_e2f80da7e503ee7b5afb93213d6b54ca,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1,
  "kizuna/rsc#PracticeClockNote": PracticeClockNote_e2f80da7e503ee7b5afb93213d6b54ca
}
