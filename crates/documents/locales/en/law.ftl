# What the law says, and its clocks, in English.

## Rules

effect-permit-disclose = Permits disclosure.
effect-permit-preserve = Requires or allows preservation; nothing is handed over.
effect-forbid-disclose = Forbids disclosure.
effect-forbid-preserve = Forbids preservation.
effect-forbid-both = Forbids disclosure and preservation.
label-effect = Effect
label-says = Meaning
label-leads-to = Leads to
label-instead = Instead
label-source = Source
label-in-force = In force
label-verified = Source check
label-advice = Note
label-because = Reason
label-permits = Permitted by
label-permits-preserve = Permitted by
label-forbids = Forbidden by
label-overridden = Would otherwise be permitted by
label-within = Covered
within-receipt = What there was when the demand was received
label-within-by = Reaches no further
label-instead-authority = What the authority can do instead
in-force-always = no dates are recorded
in-force-from = from { $from }
in-force-until = until { $last }
verified-primary = primary text
verified-in-part = primary text in part
verified-secondary = secondary
verified-not = unverified
verified-own = provider's own rule
not-confirmed = not confirmed by counsel
untranslated = [Not translated.]
no-advice = This is not legal advice. The provider's counsel decides.
channel-blank = the treaty channel between the two countries
nothing-permits = No rule in force permits it, and without one nothing is done.
nothing-permits-instead = No rule that the provider knows to be in force permits this: name the provision that it rests on, or send the instrument that the law requires for that category.
assessment-title = The law as of { $day }
part-of = { $category } of { $identifier }

## What the desk adds to a part

note-no-account = No account of this name.
note-alias = Another name of { $account }; not followed.
note-customer = Customer: { $who }.
note-none-of-it = The account has no { $category }.
note-by-address = The provider looks accounts up by their mail address; name that.
identifier-address = { $address } at { $at }
identifier-address-port = { $address } port { $port } at { $at }
note-no-means = The provider has no means to find an account by this kind of identifier ({ $kind }). Name the account's mail address.
identifier-kind-user-id = user identity
identifier-kind-phone-number = telephone number
identifier-kind-ip-address = IP address at an instant
identifier-kind-imei = IMEI
identifier-kind-imsi = IMSI
identifier-kind-mac-address = MAC address
identifier-kind-email-address = mail address
note-name-the-account = This is another name of an account. A demand that names the account itself can be answered.

## Answers: of a demand, and, where it reads differently, of one part

disposition-produce = produce
disposition-preserve = preserve
disposition-narrow = narrow
disposition-reject = reject
disposition-redirect-to-customer = redirect to customer
disposition-redirect-to-treaty-channel = redirect to treaty channel
disposition-challenge = challenge
disposition-wait = wait
disposition-no-data = no data
finding-no-data = no such data known here; still to be searched
disposition-not-looked-up = cannot be looked up here
disposition-ask = ask
disposition-by-hand = answer by hand
disposition-look-up = look up whose account it is
answer-in-part = narrow: a part of it is produced
answer-narrow = narrow: this part is not produced
answer-ask = ask: this part is incomplete, and the authority is asked
answer-by-hand = by hand: counsel answers this part outside this system
label-form = Form
form-annex-iii = Annex III of Regulation (EU) 2023/1543, section { $section }: { $reason }. It goes to { $to }.
form-to-issuing = the issuing authority
form-to-both = the issuing authority and the enforcing authority
form-reason-incomplete = the certificate is incomplete
form-reason-manifest-errors = it contains manifest errors
form-reason-insufficient-information = it does not say enough to be carried out
form-reason-not-stored = the data was not stored at receipt
form-reason-impossible = it cannot be done, for reasons that are not ours
form-reason-not-issued-or-validated = no authority of Article 4 issued or validated it
form-reason-offence = the offence is outside Article 5(4)
form-reason-service-not-covered = the service is not covered
form-reason-immunity-or-privilege = immunities, privileges or the rules on freedom of the press
form-reason-third-country-law = the law of a third country
form-reason-other = another reason, in words

## Categories, and the boxes below them

category-subscriber = subscriber data
category-identification = data requested for the sole purpose of identifying the user
category-traffic = traffic data
category-content = content
category-only = { $category } (only { $boxes })
sub-category-identity = identity
sub-category-name = name
sub-category-postal-address = postal address
sub-category-registration = registration
sub-category-registration-address = internet address of the registration
sub-category-service = kind and duration of the service
sub-category-service-identifiers = names, numbers and devices under which the service is used
sub-category-length-of-service = length of service
sub-category-profile = profile
sub-category-validation = data on the validation of use
sub-category-payment = payment
sub-category-unlock-codes = PUK codes
sub-category-connection-records = connection records
sub-category-endpoints = both ends of a message
sub-category-duration = time and duration
sub-category-location = location of the device
sub-category-routing = routing
sub-category-volume = volume
sub-category-hosting-logs = log files of the hosting service
sub-category-purchase-history = purchases
sub-category-mailbox = mailbox
sub-category-storage = stored files
sub-category-pages = pages
sub-category-messages = messages
sub-category-voicemail = voicemail
sub-category-server = contents of a server
sub-category-device-backup = backup of a device
sub-category-contacts = contacts

## Instruments and who issues them

instrument-search-warrant = search warrant
instrument-subpoena = subpoena
instrument-disclosure-order = court order to disclose
instrument-european-production-order = European Production Order
instrument-european-preservation-order = European Preservation Order
instrument-mutual-legal-assistance-request = request for mutual legal assistance
instrument-production-order = production order of a court
instrument-court-decision = court decision
instrument-prosecutor-decision = decision of a prosecutor
instrument-police-request = request by the police
instrument-preservation-request = request to preserve
instrument-emergency-request = emergency request
instrument-national-security-letter = National Security Letter
instrument-foreign-intelligence-order = foreign intelligence order
instrument-european-investigation-order = European Investigation Order
instrument-preservation-order = preservation order
instrument-communications-data-notice = communications data notice
instrument-interception-warrant = interception warrant
instrument-digital-services-order = order under the Digital Services Act
issuer-judge = judge
issuer-prosecutor = prosecutor
issuer-police = police officer
issuer-other = other authority

## Clocks: kinds, parties, units

clock-act-by = a duty to be done by then
clock-claim-by = a right that is lost unless it is used by then
clock-valid-until = valid until then
clock-not-before = nothing may happen before then
clock-keep-until = the data is kept until then
when-act-by = By { $at }
when-claim-by = Possible until { $at }
when-valid-until = Valid until { $at }
when-not-before = Not before { $at }
when-keep-until = Keep until { $at }
clock-no-end = No end
clock-started = Started by { $by }, { $at }.
clock-suspended = Suspended by { $by } since { $since }.
clock-suspended-until = Suspended by { $by } from { $since } to { $until }.
clock-extended = { $times ->
    [one] Extended once.
   *[other] Extended { $times } times.
 }
due-from = from { $at }
due-at-once = at once, since { $at }
due-keep = keep until { $at }
due-runs = runs until { $at }
due-ran = ran until { $at }
due-passed = { $at } PASSED
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
label-released-by = Ends if there is no answer within
label-extension = Extension
label-counting = Ways of counting
label-acted-on = Acted on
label-who-tells = Who tells
label-who-is-told = Who is told
acted-on-earliest = the earliest day that a safe reading gives
acted-on-latest = the latest day that a safe reading gives
extension-times = { $times ->
    [one] by { $by }, once, if asked for in time
   *[other] by { $by }, { $times } times, if asked for in time
 }
extension-any = by { $by } each time it is asked for in time
period-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
 }
period-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
period-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
 }
period-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
 }

## Ways of counting

counting-elapsed = elapsed time, a day being 24 hours
counting-hour-excluded = the hour of the event does not count
counting-day-included = the day of the event is the first; until the end of the last day
counting-day-excluded = the day of the event does not count; until the end of the last day
counting-rolled = moved to the next working day if it is none
counting-stated = as the instrument states

## States of a clock

state-running = running
state-paused = suspended; shown as if the suspension ended now
state-passed = passed
state-done = stopped: { $by }, { $at }
state-open-ended = has no end any more: { $by }
state-released = ended: { $by } ran out without an answer

## Remarks on a clock

remark-extension-too-late = An extension was asked for too late, { $at }, and does not count.
remark-extension-too-many = One extension more than the provision allows was asked for, { $at }.
remark-too-late = Too late: { $what }, { $at }.
remark-no-calendar = There is no calendar for { $country }, so its days are not counted.
remark-no-holidays = The public holidays of { $country } are not entered, so periods in working days are not counted.
remark-day-only = Only the day is known; its first instant was taken.

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
moment-produced = the data was handed over
moment-extended = the request to extend
moment-production-requested = confirmation that a request for production was issued
moment-no-longer-needed = notice that the data is no longer needed
moment-backup-ordered = the order to make a backup copy
moment-backup-confirmed = confirmation of the backup copy
moment-customer-told = notice to the account holder by the authority
moment-customer-challenged = the account holder’s motion
moment-notice-delayed = permission to delay the government’s notice
moment-secrecy-contested = the provider’s notice that it wants a court to review the secrecy
moment-secrecy-applied = the government’s application for a secrecy order
moment-court-review-asked = the request for a court’s review
moment-investigation-ended = the end of the investigation
moment-stated-end = the end that the instrument states
moment-secrecy-until = the end that the order of secrecy has now
moment-withdrawn = the authority withdrew the demand
moment-validation-refused = whoever had to confirm it refused to
moment-partly-refused = a partial or conditional refusal by the enforcing authority
moment-danger-over = the danger is over
moment-account-holder-told = the provider told the account holder
moment-controller-told = the provider told the customer who is the controller
moment-granted-until = the end of the extension that the authority granted
moment-supporters-joined = others joined the proceedings
moment-heard = the hearing
moment-court-ruled = the court’s ruling
moment-appealed = the appeal
moment-appeal-decided = the ruling on the appeal
moment-emergency-reviewed = counsel reviewed the emergency disclosure

## Secrecy and notice

teller-authority = the authority
teller-provider = the provider
teller-nobody = nobody has a duty to
told-account-holder = the account holder
told-controller = the customer who is the controller
may-must = The provider must tell { $whom }.
may-may = The provider may tell { $whom }. It need not.
may-must-not = The provider must not tell { $whom }. No end is stated.
may-must-not-ended = The provider must not tell { $whom } until the authority has answered. The end that was stated has passed.
may-must-not-stated = The provider must not tell { $whom }. The end that is stated is { $until }.
may-not-yet-order = The provider must not tell { $whom } before { $until }.
may-not-yet-danger-over = The provider does not tell { $whom } while the danger lasts.
may-not-yet-verified = The provider tells nobody before it knows that the demand is genuine.
may-not-yet-permission = The provider must not tell { $whom } without the authority's permission.
may-not-yet-counsel = Whether the provider may tell { $whom } is not settled. Until then it does not.
may-nor-before = Nor does it before { $until }.
next-tell = Tell { $whom }.
next-tell-with-effect = Tell { $whom } at the latest when effect is given to the demand.
next-choose = Counsel decides whether { $whom } is told, and when. Our promise is to tell as soon as the law allows it.
next-wait-for-end = Wait until the secrecy order ends, then look at this again.
next-ask-for-renewal = The secrecy order ends soon. Find out whether it is renewed, and challenge a renewal if there is reason to.
next-ask-for-end = The secrecy order states no end. Ask for one, or challenge the order.
next-ask-for-basis = The provision does not support the secrecy that is demanded. Ask what it rests on, and say nothing about the demand until that is clear.
next-ask-for-review = Notify the government that a court shall review the secrecy.
next-wait-for-danger = Say nothing while the danger lasts. Record when it is over; then look at this again.
next-verify = First find out whether the demand is genuine.
next-authority-tells = Leave it to the authority.
next-ask-whether-told = Ask the authority whether it has told the account holder, and whether the provider may.
next-ask-permission = Ask the requesting authority for permission to tell { $whom }, and for the date from which that may be done.
next-ask-counsel = No reliable rule was found. Ask counsel, and say nothing about the demand until then.
next-nothing = Nothing: { $whom } has been told.

## The law between two days

diff-title = The law on { $from } and on { $until } for this demand
diff-came = Rules that were added
diff-went = Rules that ended
diff-none = none
diff-same = Same answer on both days
diff-nothing = For this demand the answers are the same on both days.
diff-parts = Answers
diff-others = { $count ->
    [0] No other rule.
    [one] And { $count } rule that does not touch this demand.
   *[other] And { $count } rules that do not touch this demand.
 }
