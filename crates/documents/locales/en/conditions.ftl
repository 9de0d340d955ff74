# When a rule applies, in English: said out of the rule's own conditions, fact by fact.
#
# `-not`: it has not to be so; `-known`: the fact is stated at all; `-is-…`: it is the same as another.

## The sentence, and how its pieces are joined

label-applies = Applies when
applies-disclose = The rule applies to a disclosure { $conditions }.
applies-preserve = The rule applies to a preservation { $conditions }.
applies-both = The rule applies to disclosure and preservation alike { $conditions }.
applies-when = when { $all }
applies-always = in every case
applies-unless = { $conditions }. It does not apply when { $exceptions }
clauses-and = { $first }; and { $last }
list-or = { $first } or { $last }
either = either { $all }
condition-unread = a further condition holds, which only the text of the rule states

## Who asks

fact-principal-country = the demand comes from { $values }
fact-principal-country-not = the demand does not come from { $values }
fact-principal-kind = the demand is made by { $values }
fact-principal-kind-not = the demand is not made by { $values }
fact-principal-verified = it is verified that the demand comes from the authority
fact-principal-verified-not = it is not verified that the demand comes from the authority

## With what

fact-instrument-kind = the instrument is { $values }
fact-instrument-kind-not = the instrument is not { $values }
fact-instrument-measure = the instrument permits or orders { $values }
fact-instrument-measure-not = the instrument neither permits nor orders { $values }
fact-instrument-measure-known = the instrument states its measure
fact-instrument-measure-not-known = the instrument does not state its measure
fact-instrument-country = the instrument rests on the law of { $values }
fact-instrument-country-not = the instrument does not rest on the law of { $values }
fact-instrument-country-is-principal-country = the instrument rests on the law of the country that asks
fact-instrument-country-not-is-principal-country = the instrument does not rest on the law of the country that asks
fact-instrument-country-is-addressee-country = the instrument rests on the law of the country where the addressed company is established
fact-instrument-country-not-is-addressee-country = the instrument does not rest on the law of the country where the addressed company is established
fact-instrument-country-is-resource-stored-in = the instrument rests on the law of the country where the data is stored
fact-instrument-country-not-is-resource-stored-in = the instrument does not rest on the law of the country where the data is stored
fact-instrument-issued-on = the instrument is dated before { $day }
fact-instrument-issued-on-not = the instrument is dated { $day } or later
fact-instrument-dated-ahead = the instrument bears a date that had not come when it was received
fact-instrument-dated-ahead-not = the date that the instrument bears had come when it was received
fact-instrument-issued-by = { $values } issued the instrument
fact-instrument-issued-by-not = it was not { $values } that issued the instrument
fact-instrument-validated-by = { $values } validated the instrument
fact-instrument-validated-by-not = it was not { $values } that validated the instrument
fact-instrument-validated-by-known = somebody validated the instrument
fact-instrument-validated-by-not-known = nobody validated the instrument
fact-instrument-judge = a judge issued or validated the instrument
fact-instrument-judge-not = no judge issued or validated the instrument
fact-instrument-signed = the instrument is signed
fact-instrument-signed-not = the instrument is not signed
fact-instrument-qualified-signature = the instrument bears a qualified electronic signature or seal
fact-instrument-qualified-signature-not = the instrument bears no qualified electronic signature or seal
fact-instrument-treaty = the instrument relies on an international agreement
fact-instrument-treaty-not = the instrument does not rely on an international agreement
fact-instrument-customer-cannot-be-asked = the authority states that the customer cannot be asked
fact-instrument-customer-cannot-be-asked-not = the authority does not state that the customer cannot be asked
fact-instrument-interim = the instrument was issued in urgency and is still to be confirmed
fact-instrument-interim-not = the instrument was not issued in urgency, to be confirmed later
fact-instrument-rank-confirmed = it is confirmed that the issuer of the instrument has the rank or designation that the law asks for
fact-instrument-rank-confirmed-not = it is not confirmed that the issuer of the instrument has the rank or designation that the law asks for
fact-instrument-certified = the instrument bears the certification that the law asks for
fact-instrument-certified-not = the instrument does not bear the certification that the law asks for
fact-instrument-expired = the last day that the instrument names has passed
fact-instrument-expired-not = no last day that the instrument names has passed
fact-instrument-digital-services-reasons = as an order under the Digital Services Act the instrument states its reasons
fact-instrument-digital-services-reasons-not = as an order under the Digital Services Act the instrument states no reasons
fact-instrument-digital-services-redress = as an order under the Digital Services Act the instrument says what redress there is
fact-instrument-digital-services-redress-not = as an order under the Digital Services Act the instrument does not say what redress there is
fact-instrument-digital-services-language = as an order under the Digital Services Act the instrument comes in a language that the provider declared
fact-instrument-digital-services-language-not = as an order under the Digital Services Act the instrument does not come in a language that the provider declared
fact-instrument-digital-services-known = the instrument is an order under the Digital Services Act
fact-instrument-digital-services-not-known = the instrument is not an order under the Digital Services Act
fact-instrument-notification = the notification of the enforcing authority { $values }
fact-instrument-notification-not = it is not so that the notification of the enforcing authority { $values }
fact-instrument-notification-known = the instrument shows whether the enforcing authority was notified or need not be
fact-instrument-notification-not-known = the instrument does not show whether the enforcing authority was notified or need not be

## To whom

fact-addressee-country = the addressed company is established in { $values }
fact-addressee-country-not = the addressed company is not established in { $values }
fact-addressee-country-is-principal-country = the addressed company is established in the country that asks
fact-addressee-country-not-is-principal-country = the addressed company is not established in the country that asks

## For which data

fact-resource-category = the data is { $values }
fact-resource-category-not = the data is not { $values }
condition-boxes = what is asked for includes: { $boxes }
condition-boxes-not = what is asked for does not include: { $boxes }
fact-resource-stored-in = the data is stored in { $values }
fact-resource-stored-in-not = the data is not stored in { $values }
fact-resource-stored-in-is-principal-country = the data is stored in the country that asks
fact-resource-stored-in-not-is-principal-country = the data is stored in another country than the one that asks
fact-resource-controller = the one who decides over the data is { $values }
fact-resource-controller-not = the one who decides over the data is not { $values }
fact-resource-holder-resides-in = the account holder lives in { $values }
fact-resource-holder-resides-in-not = the account holder does not live in { $values }
fact-resource-holder-resides-in-known = it is known where the account holder lives
fact-resource-holder-resides-in-not-known = it is not known where the account holder lives
fact-resource-holder-is-us-person = the account holder is known to be a US person
fact-resource-holder-is-us-person-not = the account holder is known not to be a US person
fact-resource-holder-is-us-person-known = it is known whether the account holder is a US person
fact-resource-holder-is-us-person-not-known = it is not known whether the account holder is a US person
fact-resource-privileged = the account belongs to somebody bound by professional secrecy
fact-resource-privileged-not = the account does not belong to somebody bound by professional secrecy
fact-resource-public-authority-of = the data is kept for a public authority of { $values }
fact-resource-public-authority-of-not = the data is not kept for a public authority of { $values }
fact-resource-public-authority-of-known = the data is kept for a public authority
fact-resource-public-authority-of-not-known = the data is not kept for a public authority
fact-resource-public-authority-of-is-principal-country = that authority is one of the country that asks
fact-resource-public-authority-of-not-is-principal-country = that authority is one of another country than the one that asks
fact-resource-service = the data is of { $values }
fact-resource-service-not = the data is not of { $values }
fact-resource-service-known = it is recorded which service the data is of
fact-resource-service-not-known = it is not recorded which service the data is of
fact-named = the demand names the account
fact-named-not = the demand does not name the account

## For what, and how urgent

fact-maximum-penalty-months = the offence is stated to carry a maximum sentence of at least { $count } months
fact-maximum-penalty-months-not = no maximum sentence of at least { $count } months is stated
fact-maximum-penalty-months-known = the maximum sentence is stated
fact-maximum-penalty-months-not-known = the maximum sentence is not stated
fact-listed-offence = the offence is stated to be a listed one (whatever its penalty)
fact-listed-offence-not = the offence is not stated to be a listed one
fact-purpose = the demand is stated to serve { $values }
fact-purpose-not = the demand is not stated to serve { $values }
fact-purpose-known = the purpose of the demand is stated
fact-purpose-not-known = the purpose of the demand is not stated
fact-sentence-known = the demand is made to execute a sentence
fact-sentence-not-known = the demand is not made to execute a sentence
fact-sentence-months = the sentence is one of at least { $count } months
fact-sentence-months-not = the sentence is one of less than { $count } months
fact-sentence-in-absentia = the sentence was given in absentia
fact-sentence-in-absentia-not = the sentence was not given in absentia
fact-sentence-absconded = the convicted person absconded
fact-sentence-absconded-not = the convicted person did not abscond
fact-emergency = an emergency is claimed
fact-emergency-not = no emergency is claimed
fact-emergency-believed = counsel recorded the provider's own belief that the danger is real
fact-emergency-believed-not = counsel did not record the provider's own belief that the danger is real

## Time

fact-received-at-known = it is recorded when the demand was received
fact-received-at-not-known = it is not recorded when the demand was received
fact-period-until-known = the period that is asked for has an end
fact-period-until-not-known = the period that is asked for has no end
fact-period-until-by-received-at = the period that is asked for ends no later than the receipt of the demand
fact-period-until-not-by-received-at = the period that is asked for ends later than the receipt of the demand
fact-period-from-known = the period that is asked for has a beginning
fact-period-from-not-known = the period that is asked for has no beginning
fact-clocks-passed = the time of { $values } has run out
fact-clocks-passed-not = the time of { $values } has not run out
fact-clocks-running = the time of { $values } is running
fact-clocks-running-not = the time of { $values } is not running
fact-clocks-paused = the time of { $values } is suspended
fact-clocks-paused-not = the time of { $values } is not suspended
value-clock = { $period } ({ $cite })

## What became of it

fact-since-withdrawn = the authority withdrew the demand
fact-since-withdrawn-not = the authority did not withdraw the demand
fact-since-validation-refused = whoever had to confirm the instrument afterwards refused to
fact-since-validation-refused-not = nobody who had to confirm the instrument afterwards refused to
fact-since-partly-refused = the notified authority objects to a part of the order or sets conditions
fact-since-partly-refused-not = the notified authority neither objects to a part of the order nor sets conditions

## What counsel found

fact-findings-conflict-known = counsel recorded a conflict of laws
fact-findings-conflict-not-known = counsel recorded no conflict of laws
fact-findings-conflict-country = the conflict is with the law of { $values }
fact-findings-conflict-country-not = the conflict is not with the law of { $values }
fact-findings-conflict-country-is-resource-stored-in = the conflict is with the law of the country where the data is stored
fact-findings-conflict-country-not-is-resource-stored-in = the conflict is not with the law of the country where the data is stored
fact-findings-conflict-ground = counsel found that { $values }
fact-findings-conflict-ground-not = counsel did not find that { $values }
fact-findings-conflict-qualifying-government = counsel confirmed that the other country is a qualifying foreign government
fact-findings-conflict-qualifying-government-not = counsel did not confirm that the other country is a qualifying foreign government
fact-findings-conflict-outcome = the outcome of the objection is { $values }
fact-findings-conflict-outcome-not = the outcome of the objection is not { $values }
fact-findings-conflict-outcome-known = an objection was raised
fact-findings-conflict-outcome-not-known = no objection was raised yet
fact-findings-objection = counsel found that { $values }
fact-findings-objection-not = counsel did not find that { $values }
fact-findings-objection-known = counsel found an objection
fact-findings-objection-not-known = counsel found no objection
fact-findings-transfer-ground = counsel recorded another ground of Chapter V of the General Data Protection Regulation
fact-findings-transfer-ground-not = counsel recorded no other ground of Chapter V of the General Data Protection Regulation
fact-findings-relevance-doubted = counsel doubts that the data matters for the case
fact-findings-relevance-doubted-not = counsel does not doubt that the data matters for the case
fact-findings-foreign-law-cleared = counsel recorded that the law of the place of storage does not forbid it
fact-findings-foreign-law-cleared-not = counsel did not record that the law of the place of storage does not forbid it
fact-findings-local-law-confirmed = counsel in the authority's country confirmed the instrument
fact-findings-local-law-confirmed-not = counsel in the authority's country did not confirm the instrument
fact-findings-privilege-cleared = counsel found that professional secrecy does not stand against it
fact-findings-privilege-cleared-not = counsel did not find that professional secrecy does not stand against it
fact-findings-partial-refusal-settled = counsel found that what is asked for lies outside the partial refusal
fact-findings-partial-refusal-settled-not = counsel did not find that what is asked for lies outside the partial refusal

## The words that facts are compared with

value-authority-court = a court
value-authority-prosecutor = a prosecutor
value-authority-police = the police
value-authority-central-authority = a central authority
value-authority-security-service = a security service
value-authority-other-authority = another authority
value-authority-private-party = a private party
value-issuer-judge = a judge
value-issuer-prosecutor = a prosecutor
value-issuer-police = a police officer
value-issuer-other = another authority
value-controller-consumer = a private person
value-controller-enterprise = an organisation that is the provider's customer
value-service-internet-access = a service that gives access to the Internet
value-service-number-based = a communications service that uses telephone numbers
value-service-number-independent = a number-independent communications service
value-service-other = a service that is no communications service
value-measure-interception = interception
value-measure-surveillance = surveillance of traffic
value-measure-seizure = seizure
value-measure-edition = production as evidence
value-measure-search = search
value-notification-not-required = is not required
value-notification-pending = is still unanswered
value-notification-cleared = was answered without a ground for refusal
value-notification-refused = was answered with a ground for refusal
value-purpose-criminal-proceedings = criminal proceedings
value-purpose-criminal-intelligence = intelligence on crime
value-purpose-state-security = the security of the State
value-purpose-missing-person = the search for a missing person
value-purpose-other = another purpose
value-ground-forbids = the law of another country forbids the disclosure
value-ground-no-similar-provision = the law of another country has no similar provision
value-ground-place-of-storage = the data lies in another country
value-outcome-pending = still open
value-outcome-disclosure-ordered = a court's decision that the data is disclosed
value-outcome-order-lifted = a court's decision that lifts the order
value-outcome-out-of-time = that it came out of time
value-objection-immunity-or-privilege = immunities, privileges or the rules on freedom of the press stand against it
value-objection-incomplete = the certificate is incomplete
value-objection-manifest-error = the certificate has manifest errors
value-objection-insufficient-information = the certificate says too little to be carried out
value-objection-impossible = it cannot be done for reasons that are not the provider's
value-objection-not-stored = the data was not stored at receipt
value-objection-service-not-covered = the service is not covered
value-objection-other-reason = another reason stands against it
value-group-european-union = the European Union
value-group-european-economic-area = the European Economic Area
value-group-bound-by-2023-1543 = a Member State bound by Regulation (EU) 2023/1543
value-group-cloud-act-agreement = a State with an executive agreement under the CLOUD Act
value-group-with-a-pack = a country whose law has rules of its own here
value-group-other = a State of the group “{ $name }”
country-named-US = the United States
country-named-GB = the United Kingdom
country-named-NL = the Netherlands
