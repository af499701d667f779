/**
 * The actions of all OCPP versions. A list of its own, so that 2.1 need not be loaded to tell a frame of
 * it from nonsense; a test holds it to the versions.
 */
export const ACTION_NAMES: ReadonlySet<string> = new Set(
  `
  AFRRSignal AdjustPeriodicEventStream Authorize BatterySwap BootNotification CancelReservation
  CertificateSigned ChangeAvailability ChangeConfiguration ChangeTransactionTariff ClearCache
  ClearChargingProfile ClearDERControl ClearDisplayMessage ClearTariffs ClearVariableMonitoring
  ClearedChargingLimit ClosePeriodicEventStream CostUpdated CustomerInformation DataTransfer
  DeleteCertificate DiagnosticsStatusNotification ExtendedTriggerMessage
  FirmwareStatusNotification Get15118EVCertificate GetBaseReport GetCertificateChainStatus
  GetCertificateStatus GetChargingProfiles GetCompositeSchedule GetConfiguration GetDERControl
  GetDiagnostics GetDisplayMessages GetInstalledCertificateIds GetLocalListVersion GetLog
  GetMonitoringReport GetPeriodicEventStream GetReport GetTariffs GetTransactionStatus
  GetVariables Heartbeat InstallCertificate LogStatusNotification MeterValues
  NotifyAllowedEnergyTransfer NotifyChargingLimit NotifyCustomerInformation NotifyDERAlarm
  NotifyDERStartStop NotifyDisplayMessages NotifyEVChargingNeeds NotifyEVChargingSchedule
  NotifyEvent NotifyMonitoringReport NotifyPeriodicEventStream NotifyPriorityCharging
  NotifyReport NotifySettlement NotifyWebPaymentStarted OpenPeriodicEventStream PublishFirmware
  PublishFirmwareStatusNotification PullDynamicScheduleUpdate RemoteStartTransaction
  RemoteStopTransaction ReportChargingProfiles ReportDERControl RequestBatterySwap
  RequestStartTransaction RequestStopTransaction ReservationStatusUpdate ReserveNow Reset
  SecurityEventNotification SendLocalList SetChargingProfile SetDERControl SetDefaultTariff
  SetDisplayMessage SetMonitoringBase SetMonitoringLevel SetNetworkProfile SetVariableMonitoring
  SetVariables SignCertificate SignedFirmwareStatusNotification SignedUpdateFirmware
  StartTransaction StatusNotification StopTransaction TransactionEvent TriggerMessage
  UnlockConnector UnpublishFirmware UpdateDynamicSchedule UpdateFirmware UsePriorityCharging
  VatNumberValidation
  `.trim().split(/\s+/),
);
