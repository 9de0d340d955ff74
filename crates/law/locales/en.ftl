# The sentences around the rules, in English.

## Rules

effect-permit-disclose = Permits disclosure.
effect-permit-preserve = Requires or allows preservation; hands over nothing.
effect-forbid-disclose = Forbids disclosure.
effect-forbid-preserve = Stands against preservation.
effect-forbid-both = Forbids disclosure, and stands against preservation.
label-effect = Effect
label-says = Meaning
label-leads-to = Leads to
label-instead = Instead
label-source = Source
label-in-force = In force
label-verified = Verified
label-advice = Note
in-force-always = no dates are recorded
in-force-from = from { $from }
in-force-until = until the day before { $until }
in-force-between = from { $from } until the day before { $until }
verified-primary = primary text
verified-in-part = primary text in part
verified-secondary = secondary
verified-not = unverified
verified-own = provider's own rule
not-confirmed = not confirmed by counsel
untranslated = [Not translated.]
no-advice = This is no legal advice. The provider's counsel decides.
channel-blank = the treaty channel between the two countries
nothing-permits-instead = No rule that the provider knows to be in force permits this: name the provision that it rests on, or send the instrument that the law requires for that category.

## Dispositions

disposition-produce = produce
disposition-preserve = preserve
disposition-narrow = narrow
disposition-reject = reject
disposition-redirect-to-customer = redirect to customer
disposition-redirect-to-treaty-channel = redirect to treaty channel
disposition-challenge = challenge
disposition-wait = wait
disposition-no-data = no data

## Categories

category-subscriber = subscriber data
category-identification = data that only identify the user
category-traffic = traffic data
category-content = content

## Instruments

instrument-search-warrant = search warrant
instrument-subpoena = subpoena
instrument-disclosure-order = court order to disclose
instrument-european-production-order = European Production Order
instrument-european-preservation-order = European Preservation Order
instrument-mutual-legal-assistance-request = request for mutual legal assistance
instrument-production-order = production order of a court
instrument-court-decision = court decision
instrument-prosecutor-decision = decision of a prosecutor
instrument-police-request = request of the police
instrument-preservation-request = request to preserve
instrument-emergency-request = emergency request
instrument-national-security-letter = National Security Letter
instrument-foreign-intelligence-order = foreign intelligence order
instrument-european-investigation-order = European Investigation Order
instrument-preservation-order = preservation order
instrument-communications-data-notice = communications data notice
instrument-interception-warrant = interception warrant
instrument-digital-services-order = order under the Digital Services Act

## Clocks: kinds, parties, units

clock-act-by = a duty: to be done by then
clock-claim-by = a right: lost unless used by then
clock-valid-until = valid until then, not longer
clock-not-before = nothing happens before then
clock-keep-until = the data is kept until then
kind-notice = secrecy and notice
party-provider = the provider
party-authority = the authority
party-enforcing-authority = the enforcing authority
party-court = the court
party-account-holder = the account holder
label-kind = Kind
label-period = Period
label-party = Who
label-started-by = Started by
label-stopped-by = Stopped by
label-paused-by = Suspended by
label-open-ended-by = Loses its end by
label-released-by = Ends unanswered with
label-extension = Extension
label-counting = Ways of counting
label-acted-on = Acted on
label-who-tells = Who tells
acted-on-earliest = the earliest reading that is not doubtful
acted-on-latest = the latest reading that is not doubtful
extension-times = by { $by }, { $times ->
    [1] once
   *[other] { $times } times
 }, if asked for in time
extension-any = by { $by } each time that it is asked for in time
period-hours = { $count ->
    [1] 1 hour
   *[other] { $count } hours
 }
period-days = { $count ->
    [1] 1 day
   *[other] { $count } days
 }
period-working-days = { $count ->
    [1] 1 working day
   *[other] { $count } working days
 }
period-months = { $count ->
    [1] 1 month
   *[other] { $count } months
 }

## Ways of counting

counting-elapsed = elapsed time from the instant, a day being 24 hours
counting-hour-excluded = the hour of the event does not count
counting-day-included = the day of the event is the first; end of the last day
counting-day-excluded = the day of the event does not count; end of the last day
counting-rolled = moved to the next working day (doubtful; never acted on)
counting-stated = as the instrument states

## States of a clock

state-running = running
state-paused = suspended; shown as if the suspension ended now
state-passed = PASSED
state-done = stopped: { $by }, { $at }
state-open-ended = no end any more: { $by }
state-released = ended: { $by } ran out unanswered

## Remarks on a clock

remark-extension-too-late = An extension was asked for too late, { $at }, and does not count.
remark-extension-too-many = One extension more than the provision gives was asked for, { $at }.
remark-too-late = Too late: { $what }, { $at }.
remark-no-calendar = There is no calendar of { $country }: its days are not counted.
remark-no-holidays = The holidays of { $country } are not entered: readings by working days are missing.
remark-day-only = Only the day is known; the day's first instant was taken.

## What happened

moment-received = receipt of the demand
moment-served = service
moment-decided = the decision
moment-urgent-decision = the urgent decision without a judge
moment-court-decided = the court’s decision on it
moment-validated = validation afterwards
moment-requested-orally = the oral request
moment-confirmed-in-writing = confirmation in writing
moment-notified = notification of the enforcing authority
moment-cleared = clearance by the enforcing authority
moment-refused = a ground for refusal raised by the enforcing authority
moment-clarification-asked = the request for clarification
moment-clarified = the clarification
moment-objected = the objection or motion
moment-review-started = the court’s review of the objection
moment-review-ended = the end of that review
moment-enforcement-requested = the request to enforce
moment-enforcement-decided = the decision on enforcement
moment-produced = handing over the data
moment-extended = the request to extend
moment-production-requested = confirmation of a request for production
moment-no-longer-needed = word that the data is no longer needed
moment-backup-ordered = the order to make a backup copy
moment-backup-confirmed = confirmation of the backup copy
moment-customer-told = notice to the account holder by the authority
moment-customer-challenged = the account holder’s motion
moment-notice-delayed = leave to delay the government’s notice
moment-secrecy-contested = the provider’s word that a court shall review the secrecy
moment-secrecy-applied = the government’s application for an order of secrecy
moment-court-review-asked = the request for a court’s review
moment-investigation-ended = the end of the investigation
moment-stated-end = the end that the instrument states

## Secrecy and notice

teller-authority = the authority
teller-provider = the provider
teller-nobody = nobody is bound to
may-yes = The provider may tell the account holder.
may-must = The provider must tell the account holder.
may-no = The provider must not tell the account holder; no end is known.
may-no-until = The provider must not tell the account holder before { $until }.
next-tell = Tell the account holder.
next-wait-and-tell = Wait until the order of secrecy ends, and tell the account holder then.
next-renewal-or-tell = The order of secrecy ends soon: find out whether it is renewed; challenge a renewal, or tell the account holder.
next-ask-for-end = The order of secrecy names no end: ask for one, or challenge it.
next-ask-for-basis = The provision does not bear the secrecy that is demanded: ask on what it rests, and stay silent until that is cleared up.
next-ask-for-review = Notify the government that a court shall review the secrecy.
next-authority-tells = Leave it to the authority.
next-ask-whether-told = Ask the authority whether it has told the account holder, and whether the provider may.
next-ask-permission = Ask the requesting authority for permission to tell the account holder, and for a date from which it may be done.
next-ask-counsel = No rule that can be relied on was found: ask counsel, and stay silent until then.

## The memo

memo-title = MEMORANDUM FOR THE FILE
memo-date = Written
memo-case = Case
memo-law-as-of = Law as of
memo-law-digest = Law packs
memo-demand = Demand
memo-reference = Reference
memo-authority = Authority
memo-not-verified = It is not verified that the demand comes from this authority: nothing is produced.
memo-instrument = Instrument
memo-instrument-text = { $kind } ({ $country }) under { $provision }, issued on { $issued } by { $by }
memo-addressee = Addressed to
memo-offence = Offence
memo-emergency = Claimed danger
memo-period = Period asked for
memo-period-text = { $from } up to, not including, { $until }
memo-secrecy = Secrecy claimed
memo-secrecy-end = { $provision }, until { $until }
memo-secrecy-no-end = { $provision }, without an end
memo-summary = IN SHORT
memo-next-due = Next deadline
memo-findings = FINDINGS
memo-part = { $category } of { $identifier }
memo-part-in = { $category } of { $identifier }, stored in { $region } ({ $country })
memo-finding = Finding
memo-because-permits = Permitted because
memo-because-forbids = Forbidden because
memo-overridden = Would otherwise be permitted because
memo-nothing-permits = No rule in force permits it, and without one nothing is done.
memo-instead = What the authority can do instead
memo-note = Note
memo-clocks = CLOCKS
memo-no-clocks = No clock that the law packs know runs.
memo-no-receipt = The instant of receipt is not recorded: clocks that begin with it are missing here (--moment received=INSTANT).
memo-clock-operative = act on { $at }
memo-clock-no-end = no end
memo-clock-started = Started by { $by }, { $at }
memo-clock-suspended = Suspended by { $by } since { $since }
memo-clock-suspended-until = Suspended by { $by } from { $since } to { $until }
memo-clock-extended = Extended { $times } times
memo-notice = TELLING THE ACCOUNT HOLDER
memo-who-tells = Who tells
memo-next-step = Next
memo-untranslated = Sentences marked as not translated stand in English, as the law packs word them.

## The law between two days

diff-title = What changed between { $from } and { $until } for this demand
diff-came = Rules that came
diff-went = Rules that went
diff-none = none
diff-same = same finding
diff-parts = Findings
