package io.sesoperator.controller;

import io.sesoperator.ses.CallBudget;
import io.sesoperator.ses.PasswordSetter;
import io.sesoperator.ses.SenderDirectory;

/**
 * All that belongs to one account while the operator runs: its two doors to SES, and the budget for
 * writes.
 */
record AccountSession(SenderDirectory directory, PasswordSetter setter, CallBudget budget) {}
