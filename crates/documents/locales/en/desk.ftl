# The pages of the desk and of a package, in English.

## Days, times, lists

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-day = { $day } { $month } { $year }
date-as-of = { $day } { $month } { $year }
date-time = { $day } at { $time }
date-in-zone = { $at } ({ $zone })
date-both = { $at } ({ $zone }; { $utc } UTC)
zone-UTC = UTC
zone-Europe-Stockholm = Swedish time
zone-Europe-Copenhagen = Danish time
zone-Europe-Dublin = Irish time
zone-Europe-London = British time
zone-Europe-Berlin = German time
zone-Europe-Helsinki = Finnish time
zone-Europe-Paris = French time
zone-Europe-Amsterdam = Dutch time
zone-Europe-Warsaw = Polish time
span-days = from { $from } to { $last }, both included
span-instants = from { $from } to { $until }
span-from = from { $from } on
span-until = until { $until }
span-open = without a beginning, until { $until }
span-none = no period named
list-and = { $first } and { $last }

## Countries

country-AT = Austria
country-BE = Belgium
country-BG = Bulgaria
country-CH = Switzerland
country-CY = Cyprus
country-CZ = Czechia
country-DE = Germany
country-DK = Denmark
country-EE = Estonia
country-ES = Spain
country-FI = Finland
country-FR = France
country-GB = United Kingdom
country-GR = Greece
country-HR = Croatia
country-HU = Hungary
country-IE = Ireland
country-IS = Iceland
country-IT = Italy
country-LI = Liechtenstein
country-LT = Lithuania
country-LU = Luxembourg
country-LV = Latvia
country-MT = Malta
country-NL = Netherlands
country-NO = Norway
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-SE = Sweden
country-SI = Slovenia
country-SK = Slovakia
country-UA = Ukraine
country-US = United States
country-AD = Andorra
country-AE = United Arab Emirates
country-AF = Afghanistan
country-AG = Antigua & Barbuda
country-AI = Anguilla
country-AL = Albania
country-AM = Armenia
country-AO = Angola
country-AQ = Antarctica
country-AR = Argentina
country-AS = American Samoa
country-AU = Australia
country-AW = Aruba
country-AX = Åland Islands
country-AZ = Azerbaijan
country-BA = Bosnia & Herzegovina
country-BB = Barbados
country-BD = Bangladesh
country-BF = Burkina Faso
country-BH = Bahrain
country-BI = Burundi
country-BJ = Benin
country-BL = St. Barthélemy
country-BM = Bermuda
country-BN = Brunei
country-BO = Bolivia
country-BQ = Caribbean Netherlands
country-BR = Brazil
country-BS = Bahamas
country-BT = Bhutan
country-BV = Bouvet Island
country-BW = Botswana
country-BY = Belarus
country-BZ = Belize
country-CA = Canada
country-CC = Cocos (Keeling) Islands
country-CD = Congo - Kinshasa
country-CF = Central African Republic
country-CG = Congo - Brazzaville
country-CI = Côte d’Ivoire
country-CK = Cook Islands
country-CL = Chile
country-CM = Cameroon
country-CN = China
country-CO = Colombia
country-CR = Costa Rica
country-CU = Cuba
country-CV = Cape Verde
country-CW = Curaçao
country-CX = Christmas Island
country-DJ = Djibouti
country-DM = Dominica
country-DO = Dominican Republic
country-DZ = Algeria
country-EC = Ecuador
country-EG = Egypt
country-EH = Western Sahara
country-ER = Eritrea
country-ET = Ethiopia
country-FJ = Fiji
country-FK = Falkland Islands
country-FM = Micronesia
country-FO = Faroe Islands
country-GA = Gabon
country-GD = Grenada
country-GE = Georgia
country-GF = French Guiana
country-GG = Guernsey
country-GH = Ghana
country-GI = Gibraltar
country-GL = Greenland
country-GM = Gambia
country-GN = Guinea
country-GP = Guadeloupe
country-GQ = Equatorial Guinea
country-GS = South Georgia & South Sandwich Islands
country-GT = Guatemala
country-GU = Guam
country-GW = Guinea-Bissau
country-GY = Guyana
country-HK = Hong Kong SAR China
country-HM = Heard & McDonald Islands
country-HN = Honduras
country-HT = Haiti
country-ID = Indonesia
country-IL = Israel
country-IM = Isle of Man
country-IN = India
country-IO = British Indian Ocean Territory
country-IQ = Iraq
country-IR = Iran
country-JE = Jersey
country-JM = Jamaica
country-JO = Jordan
country-JP = Japan
country-KE = Kenya
country-KG = Kyrgyzstan
country-KH = Cambodia
country-KI = Kiribati
country-KM = Comoros
country-KN = St. Kitts & Nevis
country-KP = North Korea
country-KR = South Korea
country-KW = Kuwait
country-KY = Cayman Islands
country-KZ = Kazakhstan
country-LA = Laos
country-LB = Lebanon
country-LC = St. Lucia
country-LK = Sri Lanka
country-LR = Liberia
country-LS = Lesotho
country-LY = Libya
country-MA = Morocco
country-MC = Monaco
country-MD = Moldova
country-ME = Montenegro
country-MF = St. Martin
country-MG = Madagascar
country-MH = Marshall Islands
country-MK = North Macedonia
country-ML = Mali
country-MM = Myanmar (Burma)
country-MN = Mongolia
country-MO = Macao SAR China
country-MP = Northern Mariana Islands
country-MQ = Martinique
country-MR = Mauritania
country-MS = Montserrat
country-MU = Mauritius
country-MV = Maldives
country-MW = Malawi
country-MX = Mexico
country-MY = Malaysia
country-MZ = Mozambique
country-NA = Namibia
country-NC = New Caledonia
country-NE = Niger
country-NF = Norfolk Island
country-NG = Nigeria
country-NI = Nicaragua
country-NP = Nepal
country-NR = Nauru
country-NU = Niue
country-NZ = New Zealand
country-OM = Oman
country-PA = Panama
country-PE = Peru
country-PF = French Polynesia
country-PG = Papua New Guinea
country-PH = Philippines
country-PK = Pakistan
country-PM = St. Pierre & Miquelon
country-PN = Pitcairn Islands
country-PR = Puerto Rico
country-PS = Palestinian Territories
country-PW = Palau
country-PY = Paraguay
country-QA = Qatar
country-RE = Réunion
country-RS = Serbia
country-RU = Russia
country-RW = Rwanda
country-SA = Saudi Arabia
country-SB = Solomon Islands
country-SC = Seychelles
country-SD = Sudan
country-SG = Singapore
country-SH = St. Helena
country-SJ = Svalbard & Jan Mayen
country-SL = Sierra Leone
country-SM = San Marino
country-SN = Senegal
country-SO = Somalia
country-SR = Suriname
country-SS = South Sudan
country-ST = São Tomé & Príncipe
country-SV = El Salvador
country-SX = Sint Maarten
country-SY = Syria
country-SZ = Eswatini
country-TC = Turks & Caicos Islands
country-TD = Chad
country-TF = French Southern Territories
country-TG = Togo
country-TH = Thailand
country-TJ = Tajikistan
country-TK = Tokelau
country-TL = Timor-Leste
country-TM = Turkmenistan
country-TN = Tunisia
country-TO = Tonga
country-TR = Türkiye
country-TT = Trinidad & Tobago
country-TV = Tuvalu
country-TW = Taiwan
country-TZ = Tanzania
country-UG = Uganda
country-UM = U.S. Outlying Islands
country-UY = Uruguay
country-UZ = Uzbekistan
country-VA = Vatican City
country-VC = St. Vincent & Grenadines
country-VE = Venezuela
country-VG = British Virgin Islands
country-VI = U.S. Virgin Islands
country-VN = Vietnam
country-VU = Vanuatu
country-WF = Wallis & Futuna
country-WS = Samoa
country-XK = Kosovo
country-YE = Yemen
country-YT = Mayotte
country-ZA = South Africa
country-ZM = Zambia
country-ZW = Zimbabwe

## People

provider = Provider
case = Case
role-analyst = analyst
role-counsel = counsel
role-data-operator = data operator
role-administrator = administrator
role-auditor = auditor
actor-agent = agent in { $region }
actor-mailbox = mailbox { $address }
actor-outgoing = the desk's outgoing mail

## The demand

demand-authority = Authority
demand-officer = Officer
demand-reference = Reference
demand-instrument = Order
demand-issued = issued on { $day } by { $by }
demand-validated = validated by { $by }
demand-valid-until = valid until { $day }
demand-addressee = Addressed to
demand-offence = Offence
demand-penalty = { $count ->
    [one] maximum penalty { $count } month
   *[other] maximum penalty { $count } months
 }
demand-emergency = Claimed danger
demand-secrecy = Secrecy demanded
demand-secrecy-until = until { $until }
demand-secrecy-no-end = No end is stated.
demand-asked = Asked for
checked-sender = Sender
checked-verified = Verified: the demand comes from this authority.
checked-not-verified = NOT verified: nothing may be produced.
checked-not-yet = Not checked yet.
checked-by = { $by }, { $at }: { $how }
emergency-belief = Belief in the danger
emergency-not-judged = Not judged yet.
emergency-believed = { $by } recorded that the provider believes in good faith that the danger is real.
emergency-not-believed = { $by } recorded that the provider does not believe that the danger is real.
originals = Originals
original-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
 }
original-from = from { $from }
original-reference = their reference: { $reference }
original-describes = describes the demand, added at the desk
channel-post = by letter
channel-fax = by fax
channel-email = by e-mail
channel-portal = through a portal
channel-door = through the door for authorities
channel-telephone = by telephone
channel-in-person = in person
channel-other = in another way

## The memo

memo-title = Memorandum for the file
memo-date = Date
memo-author = Prepared by
memo-law-as-of = Law as of
memo-law-digest = Digest of the rules
memo-demand = Demand
memo-not-verified = It is not verified that the demand comes from this authority. Nothing is produced.
memo-summary = What the rules lead to
memo-next-due = Due next
memo-findings = Findings
memo-clocks = Deadlines
memo-no-clocks = No deadline in the law packs applies.
memo-no-receipt = The time of receipt is not recorded. Deadlines that run from it are missing here.
memo-notice = Telling the account holder
notice-who = Who tells
notice-next = Next step
memo-signature = Signature
memo-signature-line = Date: ____________________   Counsel: ______________________________
memo-untranslated = Sentences marked as not translated are in English, as the law packs word them.

## A case

case-title = Case { $case }
case-state = State
case-owner = Worked by
case-unreadable = The original cannot be read as a description of a demand: { $why }
answers = Answers
answer-pending = no answer yet
answer-found-after-all = nothing was known here; the search found something
answer-reason = Reason given
mandates = Mandates
mandate-name = Mandate { $digest }…
mandate-parts = Parts
mandate-signed-by = Signed by
mandate-nobody = nobody yet
mandate-barred = Stopped
mandate-barred-delivered = What was handed over already is to be deleted there: ask the authority to confirm that it is.
mandate-produced = Produced
mandate-large-for-smime = Larger than 1.5 GB, and sealed to an S/MIME certificate: many programs, OpenSSL among them, open no message of this size. Ask the authority whether it can, or for a key of age or OpenPGP.
mandate-preserved = Preserved
mandate-preserved-until = A sealed copy is kept where the data lies until { $until }.
mandate-preserved-undated = { $count ->
    [one] One item more is in it whose date cannot be established.
   *[other] { $count } items more are in it whose date cannot be established.
 }
mandate-preserved-sources = Searched: { $sources }
mandate-preserved-expired = Erased { $at }: its time was over.
mandate-preserved-recalled = Erased { $at }: the mandate was recalled.
mandate-items = { $count ->
    [0] nothing was found
    [one] { $count } item
   *[other] { $count } items
 }
mandate-withheld = { $count ->
    [one] { $count } item withheld for review by counsel: only a person can tell whether it belongs to the demand
   *[other] { $count } items withheld for review by counsel: only a person can tell whether they belong to the demand
 }
mandate-not-produced = Not produced
agent-refused = { $kind } Its own words: { $why }
agent-refused-signatures = The two signatures that it asks for are not there.
agent-refused-log = It does not find the mandate in the public log, or does not believe the log.
agent-refused-law = Its own law packs do not permit it, or cannot be applied.
agent-refused-mandate = The mandate itself is not good: its scope, its life or its recipient is wrong, or it was carried out before.
agent-refused-recalled = The mandate was recalled.
agent-refused-unreadable = What arrived cannot be read.
agent-refused-unknown-account = No account of that name is known in its region.
agent-refused-inquiry = What was asked about accounts is not good: it is for another region, over, or was answered before.
agent-refused-limit = It told of as many accounts as it does within a day.
agent-refused-act = It has no way to do what the mandate permits.
agent-refused-source = A store failed.
agent-refused-card = The case has no card of its own in the public log.
agent-refused-configuration = It is not set up for this.
agent-refused-package = The package failed its own check, or could not be sealed.
agent-refused-key = Its key cannot sign.
agent-refused-ledger = Its record of what it carried out cannot be used.
agent-refused-io = A file could not be read or written.
agent-refused-fault = The program failed.
agent-refused-other = For a kind of reason that this version of the program does not know: the agent is newer.
mandate-recalled = Recalled
mandate-recalled-waits = Until its agent has answered that, it may still be carried out.
mandate-lapsed = No longer good
mandate-lapsed-expired = It expired on { $at }, and nobody answered that it was carried out.
mandate-lapsed-recalled = It was recalled, and its agent answered that it never carries it out.
mandate-lapsed-needless = Its parts were produced under an older mandate after all.
mandate-delivered = Delivered to
mandate-removed = Package removed
mandate-removed-by = { $at }, by { $by }; the receipt stays
mandate-removed-not-certain = whether the storage keeps anything of it is not known
mandate-passphrase = Passphrase
mandate-passphrase-how = { $by } tells it by telephone, on { $number } and on no other number
mandate-passphrase-told = told; recorded { $at }
mandate-passphrase-not-told = not told yet
events = What happened
event-number = no.
event-at = when
event-what = what
event-who = who
event-why = why
event-received = received
event-file-attached = file attached
event-not-readable = to be described by a person
event-described = described
event-authenticated = sender verified
event-not-authenticated = sender not verified
event-emergency-judged = danger judged
event-assessed = assessed
event-decided = decided
event-mandate-drafted = mandate drafted
event-approved = mandate signed
event-approved-by = mandate signed by { $by }
event-mandated = mandate released
event-produced = produced
event-not-produced = not produced
event-mandate-recalled = mandate recalled
event-mandate-lapsed = mandate no longer good
event-delivered = delivered
event-assigned = no longer assigned
event-assigned-to = assigned to { $to }
event-handed-to-group = handed to a group
event-handed-to-group-that = handed to the group { $group }
event-note = note
event-note-privileged = note for counsel only
event-note-sealed = note for counsel only, number { $number }, sealed to { $people }
event-card-given = counted in the public figures
event-card-given-at = counted in the public figures: card { $place } of file { $slot }
event-closed = closed
event-called-back = authority called back
event-linked = linked to another case
event-linked-answered-there = sent again; answered in case { $to }
event-linked-sent-again = sent again; taken in as case { $to }
event-linked-related = belongs together with case { $to }
event-closed-while-duties-run = closed; duties live on
event-reopened = taken up again
event-asked = asked at the door
event-asked-that = asked at the door: { $text }
event-fetched = fetched by an officer
event-viewed = looked at by an officer
event-receipt-confirmed = an officer has it and could open it
event-passphrase-told = passphrase told by telephone
event-package-removed = sealed package removed
event-something-missing = an officer says what is missing
event-missed-that = an officer says what is missing: { $text }

## Why, where the desk itself says it of an event

event-why-received = received
event-why-as-received = as received
event-why-kept-as-received = kept as received
event-why-described-by-a-person = described by a person
event-why-belongs-to-the-demand = belongs to the demand
event-why-number-of-the-list = the number of the list of authorities
event-why-for-two-signatures = for two signatures
event-why-two-people-signed = two people signed, one of them counsel
event-why-as-proposed = as the law packs propose
event-why-agents-answer = the agent's answer
event-why-agents-receipt = the agent's receipt
event-why-handed-over = sealed package handed over
event-why-removed = sealed package removed
event-why-answered = answered
event-why-signed = signed
event-why-sent = sent
event-why-law-as-of = law as of { $day }

## The list of cases

list-title = { $count ->
    [0] No cases
    [one] { $count } case
   *[other] { $count } cases
 }
list-case = case
list-received = received
list-due = due ({ $zone })
list-authority = authority
list-reference = reference
list-instrument = instrument
list-state = state
list-answer = answer
list-file = not described: { $file }
state-of-received = received, not described
state-of-described = described
state-of-authenticated = sender verified
state-of-not-authenticated = sender not verified
state-of-assessed = assessed
state-of-decided = decided
state-of-partly-approved = partly signed
state-of-mandated = with the agent
state-of-not-produced = not produced
state-of-produced = produced
state-of-delivered = delivered
state-of-waiting = partly answered, the rest is pending
state-of-duties-run = closed, duties run
state-of-closed = closed

## The page to sign

signing-title = To sign in case { $case }
signing-title-of-several = To sign in case { $case }: mandate { $place } of { $of }
signing-intro = With your signature, { $provider } permits its agent in { $region } to take exactly the data below from its stores, once, and to seal it for { $recipient }. Nothing else leaves with this mandate. Read the original before you sign.
signing-intro-preserve = With your signature, { $provider } permits its agent in { $region } to preserve exactly the data below as it is. Nothing is handed over with this mandate. Read the original before you sign.
signing-intro-review = With your signature, { $provider } permits its agent in { $region } to seal for { $recipient }, once, what counsel released of the data that an earlier search of this case withheld. Nothing else leaves with this mandate. You sign numbers and reasons: the data itself is looked at in { $region } and nowhere else.
signing-intro-look-up = With your signature, { $provider } permits its agent in { $region } to find out, once, whose account each of these is. The answer goes to the provider's desk and to nobody else; nothing is handed over with this mandate. What the demand asks about that account needs a mandate of its own. Read the original before you sign.
signing-looks-up = What is looked up
signing-searches = What is searched
signing-told-to = Told to
signing-desk-alone = the desk of { $provider } alone
signing-around = { $count ->
    [one] Up to { $count } second before and after the instant
   *[other] Up to { $count } seconds before and after the instant
 }
signing-as-it-stands = As it stands now
looked-up = Whose account it was found to be
looked-in = in { $source }, { $matched } of { $examined } entries fit
looked-in-unreadable = { $count ->
    [one] , { $count } cannot be read
   *[other] , { $count } cannot be read
 }
looked-in-no-port = , without regard to the port, which is not kept there
signing-review-by = Decided by { $by }. The agent accepts this mandate only with that person's signature.
signing-preserves = What is preserved
signing-stays-preserve = What is not preserved
signing-kept = to nobody: a sealed copy stays there until { $until } and is then erased. Nobody reads it before two people have signed a mandate to hand over.
signing-kept-longer = to nobody: the sealed copy that is there stays until { $until } and is then erased. Nothing is searched again.
signing-leaves = What leaves
signing-accounts = { $count ->
    [one] Account
   *[other] { $count } accounts
 }
signing-account = account
signing-kinds = Data
signing-period = Period
signing-from = Taken from
signing-to = Sealed for
signing-fingerprint = fingerprint of the key: { $words }
signing-x509 = X.509 certificate: nobody looked up who issued it, or whether it was revoked. It counts because its fingerprint was compared with the authority
signing-recipient-known = known to you since { $day }, by your own list of recipients
signing-recipient-new = NEW: not in your list of recipients. Have the authority read the fingerprint to you, on a number that you found yourself, before you sign
signing-recipient-not-asked = not compared with a list of recipients of your own. Have the authority read the fingerprint to you, on a number that you found yourself
signing-passphrase = sealed with a one-time passphrase that { $by } tells by telephone, on { $number } and on no other number
signing-passphrase-worth = Worth less than a key: whoever hears the call and has the package can open it
signing-number-known = this number is known to you since { $day }, by your own list of recipients
signing-number-new = NEW: the number is not in your list of recipients. Find it yourself, and have the authority answer there, before you sign
signing-number-not-asked = the number was not compared with a list of recipients of your own. Find it yourself, and have the authority answer there, before you sign
signing-who = Who asks, and on what basis
signing-why = Why this is permitted
signing-why-search = Why it is searched
signing-stays = What does not leave
signing-all-leaves = Every part of the demand is covered by this mandate.
signing-all-leaves-together = All parts of the demand are covered by the mandates that are signed together.
signing-on-the-first = Who asks, what does not leave, and earlier demands for the same accounts stand once for all { $of } mandates that are signed together: on the page of the first.
signing-other-mandate = Covered by another mandate in this case.
signing-undated = Messages and records whose date cannot be established stay with the provider until counsel has reviewed them.
signing-earlier = Other demands for the same accounts
signing-none-earlier = None is known.
signing-signers = Who signs
signing-rule = Two different people sign, at least one of them counsel.
signing-signed = signed on { $at }
signing-not-signed = has not signed
signing-mandate = The mandate that you sign
signing-words = In words
signing-drafted = Drafted
signing-expires = Void from
signing-compare = Before you sign, compare the words with those that the other signer sees.
signing-error-text = This is not the text of a mandate. There is nothing to sign.
signing-error-differs = The mandate does not say what the case says: { $what }. Do not sign it; have it drafted again.
signing-differs-case = it was not drafted in this case
signing-differs-demand = the demand has been described anew, or is not assessed
signing-differs-reference = the reference or the provision is different
signing-differs-facts = the facts that the law is applied to are different, or the sender is not verified
signing-differs-scope = accounts or categories are not those that were decided to be produced
signing-differs-period = the period is longer than the demand's
signing-differs-recipient = it would be sealed for somebody else
signing-differs-others = What the package would say of the rest of the demand is not how that was answered.
confirm-account = Type the account whose data leaves
confirm-number = Type the number of accounts whose data leaves

## Why something is not possible

refusal-nothing-received = Nothing has been received under this number.
refusal-already-received = This demand has been received already.
refusal-closed = The case is closed.
refusal-not-described = The demand is not described yet.
refusal-description-fixed = A mandate is signed by two people and released. They signed it for this description, so it stays.
refusal-already-decided = The demand is already decided; this comes before the decision. As long as no mandate is released, the demand can be described again, with the reason: then it is assessed and decided anew.
refusal-empty = This must not be empty: { $field }.
field-how = how the sender was checked
field-known = how this is known
field-reason = the reason
field-text = the text of the note
refusal-no-emergency-claimed = The demand claims no emergency.
refusal-no-secrecy = The demand names no order of secrecy. Describe it first, if there is one.
refusal-only-counsel-emergency-belief = Only counsel can record whether the provider believes in the danger.
refusal-only-counsel-findings = Only counsel can record what the provider found about a demand.
refusal-only-counsel-privileged-note = Only counsel can write a privileged note.
refusal-only-officer = Only an officer at the door for authorities does this.
refusal-out-of-order = This cannot have happened in that order. “{ $later }” comes after “{ $earlier }”.
refusal-in-the-future = “{ $what }” cannot be recorded for { $when }: that is in the future.
refusal-not-authenticated = It is not recorded yet whether the demand is genuine.
refusal-nothing-pending = Every part is answered, so there is nothing left to assess: the demand is already decided.
refusal-accounts-not-told = Which of these accounts there are, the agent of { $regions } knows alone, and it has not told yet. Ask it, and apply the law when it has answered.
refusal-nothing-to-inquire = There is nothing to ask an agent in this case: the accounts stand in the desk's own list, or were asked about already, or the question is older than three days, or than the description of the demand.
refusal-holdings-changed = The data held for these accounts has changed since part of the demand was answered. Register the remaining parts as a new demand.
refusal-not-assessed = The law has not been applied to the demand yet.
refusal-answers-fixed = Two people have signed and the mandate has been released, so the decision can no longer be changed.
refusal-part-fixed = Part { $part } can no longer be changed: its mandate has been released.
refusal-no-such-part = { $count ->
    [one] There is no part { $part }. The demand has { $count } part.
   *[other] There is no part { $part }. The demand has { $count } parts.
 }
refusal-one-answer-each = { $count ->
    [one] Give the open part exactly one answer.
   *[other] Give each of the { $count } open parts exactly one answer.
 }
refusal-every-part-pending = Every part is still pending, so there is nothing to decide yet. Record what the parts wait for once it has happened, correct the description, or answer them more strictly.
refusal-part-pending = Part { $part } is still pending, which is not an answer. Record what it waits for once it has happened, correct the description, or answer it more strictly.
refusal-reason-missing = Part { $part } needs a reason.
refusal-laxer-than-law = Part { $part }: the law packs say “{ $proposed }”, the answer was “{ $answered }”. A person can be stricter than the law packs, never laxer. Correct the description of the demand or the law pack, and assess again.
refusal-not-verified = It is not verified that the demand comes from the authority, so nothing is produced or preserved.
refusal-no-such-mandate = There is no mandate { $mandate } in this case.
refusal-other-text = The digest is not that of the mandate's text.
refusal-no-card = Every place in the log's files of count cards is taken for the next thirty days: without a card no agent carries out a mandate. Have larger files announced.
refusal-log-ahead = The public log has more than the database knows of: an older copy was restored. Nothing is published and no case is opened before an administrator has stated what is lost: numbers of cases could be given twice.
refusal-log-away = The public log is not where the desk left it: it cannot be read, or has less than the database knows of. No case is opened, and nothing more gets a place in the log, before it is back: otherwise nobody knows whether numbers of cases are given twice. What is recorded waits, and nothing of it is lost.
refusal-not-carried-out = A mandate covers only parts that were decided to be produced.
refusal-already-signed = { $signer } has already signed this mandate. The second signature must be another person's.
refusal-already-released = This mandate already has two signatures and has been released.
refusal-signature-missing = { $count ->
    [0] The mandate needs the signatures of two people. Nobody has signed yet.
    [one] The mandate needs the signatures of two people. One has signed.
   *[other] The mandate needs the signatures of two people. { $count } have signed.
 }
refusal-counsel-missing = One of the two signatures must be counsel's.
refusal-not-released = The mandate has not been released, so it cannot have been carried out.
refusal-other-package = This mandate has already been carried out. A second package is not accepted.
refusal-carried-out = The mandate has been carried out.
refusal-mandate-expired = The mandate expired on { $when }, before two people had signed it. Have it drafted anew.
refusal-may-be-carried-out = The mandate was recalled, and its agent has not answered yet: it may have been carried out before. It is drafted anew when the agent has answered, and after { $when } at the latest.
refusal-law-changed = Part { $part }: the law packs said “{ $was }” when it was decided; today they say “{ $now }”, or cover less. Assess the demand again and decide on that.
refusal-decided-otherwise = The package came of a mandate that was no longer good, and its parts have been decided otherwise since. Nothing is handed over.
refusal-no-such-package = This package does not belong to the case.
refusal-no-passphrase-to-tell = This case has no package whose passphrase you tell.
refusal-notified-authority-refused = The notified authority refused. Nothing is handed over (Article 12(2) of Regulation (EU) 2023/1543).
refusal-stopped = Nothing is handed over any more: { $what }.
refusal-not-answered = Every part of the demand must be answered before the case is closed.
refusal-parts-pending = { $count ->
    [one] Part { $parts } is still pending. Answer it before the case is closed.
   *[other] Parts { $parts } are still pending. Answer them before the case is closed.
 }
refusal-not-delivered = A package has not been delivered yet.
refusal-with-agent = An agent has a mandate of this case and has not answered yet.
refusal-not-signed = A mandate of this case is not signed yet. Collect both signatures, or change the decision.
refusal-too-large = { $file } is larger than { $limit } bytes, which is the most that is taken in. Send it in parts.
refusal-unreadable = { $file }: { $why }
refusal-no-recipient-key = Neither the demand nor the list of authorities names a key to which the answer can be sealed. Ask the authority for its key, and check it through a channel that you know.
refusal-recipient-key-differs = The demand names another key than the one that the authority gave through a checked channel. Call the authority back on the number in the list.
refusal-empty-period = Part { $part } asks for a period in which there is no time. Correct the beginning or the end.
refusal-no-company = The demand is addressed to { $company }, and directory.toml names no company in this country: { $country }. The desk answers for { $companies }. If the demand is meant for one of these, correct whom it is addressed to in its description; if the company is the provider's own, add it and its place to directory.toml.
refusal-no-company-nobody = The demand is addressed to { $company }, and no company and no place are known, so nobody knows where to look. Add the company and its place to directory.toml.
refusal-no-company-name = The demand is addressed to { $company }, and the desk answers for no company of that name, only for { $companies }. If the demand is meant for one of these, correct whom it is addressed to in its description, or have this further name added to it in directory.toml (also); if it is not, tell the authority whom it asked.
refusal-no-agent = No agent serves { $region }. Add one to the configuration of the desk.
refusal-not-on-roster = The key { $key } does not belong to anybody on the roster. The person who runs the desk adds it there, and the data operator adds it at every agent.
refusal-no-own-machine-signed = No signature on this mandate would have been made on a person’s own machine, and the agent of { $region } refuses one without. Nothing was recorded. First somebody signs whose key lies on a machine of their own: { $people }.
refusal-no-own-machine-signed-nobody = No signature on this mandate would have been made on a person’s own machine, and the agent of { $region } refuses one without. Nothing was recorded. Nobody on the roster has such a key: its operator has to enter one (own_machine = true).
refusal-signature-invalid = The signature does not fit the text of the mandate, or was not made by anybody on the roster. Nothing was recorded.
refusal-nothing-to-sign = No mandate of this case is waiting for a signature.
refusal-nothing-produced = Nothing has been produced in this case yet, so there is nothing to deliver.
refusal-other-bytes = What arrived is not the package that the agent's receipt names. Nothing was delivered. Ask the data operator to send it again.
refusal-no-such-original = { $count ->
    [one] There is no original { $number }. The case has { $count } original.
   *[other] There is no original { $number }. The case has { $count } originals.
 }
refusal-unknown-person = Nobody at the provider has the id { $id }.
refusal-unknown-group = No group of the desk has the id { $id }.
refusal-nobody-opens = No counsel of the case has a key in a file on the roster, and nothing can be sealed to a passkey. Nothing was recorded. Have the operator of an agent enter such a key, and the administrator the same in the desk’s roster.
refusal-authority-of-another-group = Another group of the desk answers { $authority }, and makes its officers known.
refusal-of-another-group = { $id } does not work for the group whose case this is. Hand the case to a group for which they work first.
refusal-only-counsel-emergency-review = Only counsel can record that an emergency disclosure was reviewed.
refusal-only-counsel-danger-over = Only counsel can record that the danger is over.
refusal-only-counsel-choice-to-tell = Here the provider may tell the account holder, and need not: counsel chooses. Only counsel can send this notice.
refusal-only-counsel-laxer-answer = Counsel said of this part that nothing leaves. Only counsel can answer it otherwise.
refusal-call-back-missing = Nobody of the authority has confirmed the demand on the number in the list of authorities, so nothing is disclosed, frozen or preserved.
refusal-second-person-missing = In an emergency one person calls the authority back and another one verifies the demand.
refusal-sender-warnings = The sender is not as the list of authorities has it: { $warnings } Say why the demand is genuine all the same, or that it could not be verified.
refusal-no-number = The list of authorities has no number for this authority. Find it in a source of your own, never in the demand, and enter it there.
refusal-not-from-the-door = This demand did not come through the door for authorities: nobody reads a question there. Write to the authority.
refusal-not-of-authority = { $address } is not in any domain that the list has for this authority.
refusal-called-in-the-future = The call cannot have been made on { $when }: that is in the future.
refusal-duties-run = Something still runs: { $duties }
refusal-linked-to-itself = A case cannot be linked to itself.
refusal-came-through-door = This demand came through the door for authorities, where its officer finds the answer. Join the other case to this one.
field-number = the number that was called
field-answered-by = who answered the call
duty-clock = The clock { $id } runs.
duty-review = Counsel has to decide what becomes of the items that the search under mandate { $mandate } withheld.
duty-notice = What is to be told, or kept secret, of this demand: see { $id } in the memo.
duty-notice-secrecy-until = The order of secrecy of { $authority } runs until { $until }. ({ $id })
duty-notice-secrecy = The order of secrecy of { $authority } names no end: it is to be asked for. ({ $id })
duty-notice-danger = The notice to { $whom } waits until the danger is over. ({ $id })
duty-notice-tell-until = The notice to { $whom } is to be sent by { $until }. ({ $id })
duty-notice-tell = The notice to { $whom } is still to be sent. ({ $id })
duty-emergency-review = Counsel has to review the emergency disclosure.
duty-emergency-confirmation = The authority has to confirm the emergency demand in writing, or have it validated.
duty-challenge = The challenge is not over: it is still to be filed, or nobody has ruled on it yet.
duties = Duties that live on
case-links = Other cases
warning-unknown-authority = No authority of this name and country is in the list of authorities.
warning-other-domain = { $address } is not in any domain that the list has for this authority.
warning-other-authority = { $name } is the authority of the officer who sent it through the door; the demand names another one.
warning-other-number = It came from { $number }, which is not the number that the list has for this authority.
warning-other-kind = The list has this authority as one of another kind.
checked-call-back = Call-back
checked-no-call-back = Nobody has called the authority back yet.
checked-confirmed = { $name } confirmed it on { $number }, { $at }. Called by { $by }.
checked-denied = { $name } did not know of it on { $number }, { $at }. Called by { $by }.
checked-despite = Verified all the same: { $despite }
field-why = why the danger is believed or not
demand-error-pdf = This is a PDF document, not the description of a demand.
demand-error-image = This is a picture, not the description of a demand.
demand-error-mail = This is a mail, not the description of a demand.
demand-error-zip = This is a ZIP file or an office document, not the description of a demand.
demand-error-compound = This is an Outlook message or an older office document, not the description of a demand.
demand-error-markup = This is XML or HTML, which is not read.
demand-error-text = This is text, but no description of a demand.
demand-error-other = This is no text.
demand-error-not-text = This is not the description of a demand: { $why }.
demand-error-field = Field { $field }: { $why }

## The summary in a package

summary-title = Answer to your demand for data
summary-reference = Your reference
summary-case = Our case
summary-basis = Legal basis
summary-sealed = Sealed for
summary-period = Period
summary-searched-in = Searched
summary-searched = { $region }, from { $began } to { $ended }
summary-nothing = No data. The searches described below found nothing to produce.
summary-nothing-yet = This package holds no message and no record. That does not mean that there are none: see below what is withheld and what could not be read.
summary-items = { $count ->
    [one] This package holds { $count } message or record.
   *[other] This package holds { $count } messages and records.
 }
summary-withheld = { $count ->
    [one] { $count } item is withheld, because nobody but a person can tell whether it belongs to your demand. The provider's counsel reviews it.
   *[other] { $count } items are withheld, because nobody but a person can tell whether they belong to your demand. The provider's counsel reviews them.
 }
summary-made = Date
summary-signed-by = Permitted by
summary-whole-demand = Your demand asks for nothing besides what was searched here.
summary-not-whole = This package answers a part of your demand. What it does not answer is listed below.
summary-others = What else your demand asks for
summary-others-as-of = As of { $at }:
summary-other = { $category } of { $identifier }
summary-other-here = handed over in this package, but not all of it:
summary-other-produce = handed over in a package of its own.
summary-other-narrow = handed over in part, in a package of its own.
summary-other-preserve = kept, not handed over.
summary-other-reject = not complied with.
summary-other-redirect-to-customer = not handed over; please ask the customer.
summary-other-redirect-to-treaty-channel = not handed over; please ask through mutual legal assistance.
summary-other-challenge = not handed over; the provider brings it before the court.
summary-other-wait = not answered yet.
summary-other-wait-until = not answered yet; it waits until { $until } at the latest.
summary-other-no-data = not searched yet; answered separately.
summary-other-ask = not answered yet; the provider asks for what is missing.
summary-other-by-hand = not answered yet; it is examined by hand.
summary-other-not-looked-up = cannot be looked up here.
summary-searches = What was searched
summary-search = { $category } of { $identifier }, in { $source }
summary-unknown = This source has no account of that name.
summary-alias = This is another name of an account and was not followed. A demand has to name the account itself.
summary-not-searched = This source keeps nothing that is known to be of the kind ordered. It was not searched.
summary-unsaid = Of these fields the provider has not recorded of which kind they are. They are not handed over, and may hold what was ordered: { $fields }.
summary-found = { $count ->
    [0] Searched completely; nothing was found.
    [one] Searched completely; { $count } item found.
   *[other] Searched completely; { $count } items found.
 }
summary-unreadable = { $count ->
    [one] { $count } line, file or folder of this source could not be read and was not searched.
   *[other] { $count } lines, files or folders of this source could not be read and were not searched.
 }
summary-removed = { $count ->
    [one] The source notes { $count } removal of an object.
   *[other] The source notes { $count } removals of objects.
 }
summary-found-none-certain = Searched; nothing was found that certainly belongs to your demand.
summary-found-as-far = { $count ->
    [one] Searched as far as it can be read; { $count } item found.
   *[other] Searched as far as it can be read; { $count } items found.
 }
summary-covers = The entries of this source reach from { $first } to { $last }.
summary-begins-late = The period of your demand begins before the first of them.
summary-ends-early = The period of your demand ends after the last of them.
summary-gap = Between { $from } and { $until } the source has no entry of anybody with a time that can be read; entries may be missing there.
summary-gaps-more = It may have more gaps.
summary-repeated = { $count ->
    [one] At least one of these items stands alike in two files of the source, and may be here twice.
   *[other] At least { $count } of these items stand alike in two files of the source, and may be here twice.
 }
summary-absent = None of the entries handed over has these fields: { $fields }.
summary-date-rule = Which date decides: { $rule }
date-rule-message = the Date field in the header of the message (RFC 5322, section 3.6.1), as an instant in UTC. Where it is missing, contradictory, incomplete or lost, a person decides.
date-rule-received = the date in the topmost Received field in the header of the message (RFC 5321, section 4.4), which the last mail server wrote when it took the message, as an instant in UTC. Where it is missing, incomplete or lost, a person decides.
date-rule-delivered = the time at which the message was put into the mailbox, as the name of its file says (Maildir), as an instant in UTC. Where the name does not say it, a person decides.
date-rule-internal = the date that the mail server keeps beside the message (internal date, RFC 3501, section 2.3.3), as an instant in UTC. Where it is lost, a person decides.
date-rule-line = the time field of the line, as an instant in UTC. Where it is missing or cannot be read, a person decides.
date-rule-modified = the time at which the object, or this version of it, was stored (last modification), as an instant in UTC. Where it is missing or cannot be read, a person decides.
date-rule-metadata = a field of the metadata of the object, which whoever stored it wrote, as an instant in UTC. Where it is missing or cannot be read, a person decides.
date-rule-record = none. A subscriber record is handed over as it was at the time of the search.
summary-review-items = { $count ->
    [0] Counsel has reviewed what an earlier package of this case withheld. Nothing of it is handed over.
    [one] Counsel has reviewed what an earlier package of this case withheld. This package holds { $count } item of it.
   *[other] Counsel has reviewed what an earlier package of this case withheld. This package holds { $count } items of it.
 }
summary-review-only = This package holds only what was released in that review. No new search was made: the searches are described in the earlier package.
summary-review = What counsel decided
review-released = No. { $numbers }: handed over. { $reason }
review-refused = No. { $numbers }: not handed over. { $reason }
summary-inside = What is in this package
summary-file-items = messages as they were stored, to the byte, if there are any
summary-file-records = rows of logs and subscriber tables, if there are any: as JSON Lines, each value as it is stored, and as a table (CSV), in which an apostrophe stands before what a spreadsheet could take for a formula
summary-file-statement = what was searched, for machines
summary-file-manifest = every file with its SHA-256, length, source and date
summary-file-mandate = the provider's permission, signed by two people
summary-file-proof = proof that the permission is in the provider's public log
summary-file-seal = the signature of the provider's agent over the files above
summary-check = How to check it
summary-check-how = The SHA-256 of every item is in manifest.jsonl. The signatures are Ed25519 on signed notes (c2sp.org/signed-note), the proof is a tlog-proof (c2sp.org/tlog-proof). The open program Lagrum checks all of it offline against the provider's published keys.

## What was decided and done

memo-decision = Decision and action
memo-nothing-decided = Nothing is decided.
memo-decided = Decided by
memo-actions = What was done, in order of time
memo-found-anew = Here the rules are applied anew, to what is known now. The decision above rests on an earlier assessment and is not changed by this.
counsel-found = What counsel found
event-accounts-asked-about = asked an agent which accounts there are
event-accounts-told = told which accounts there are
event-accounts-not-told = did not tell which accounts there are
event-accounts-not-told-why = did not tell which accounts there are: { $why }
told-account = { $address } is an account ({ $data })
told-alias = { $address } is another name of { $of } ({ $data })
told-nobody = { $address } is nobody
told-unknown = { $address } is no account known there
told-no-data = no data there
event-looked-up = found out whose account it is
event-preserved = preserved
event-preservation-ended = preservation ended
mandate-items-review-none = nothing released after the review
mandate-withheld-decided = { $count ->
    [one] Counsel decided about the item that was withheld.
   *[other] Counsel decided about the { $count } items that were withheld.
 }
signing-intro-review-none = With your signature, { $provider } confirms counsel's decision that nothing of the data that an earlier search of this case withheld is handed over. The agent in { $region } seals for { $recipient }, once, a package that says so and holds no data. You sign numbers and reasons: the data itself is looked at in { $region } and nowhere else.
signing-nothing-leaves = Nothing leaves
signing-review-accounts = Withheld by the search of
signing-review-search = The search that was reviewed
confirm-account-of-mandate = Type the account that the mandate is about
confirm-number-of-mandate = Type the number of accounts that the mandate is about
