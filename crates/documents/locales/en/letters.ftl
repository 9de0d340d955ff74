# The letters that the provider writes, in English.

## Kinds

letter-kind-acknowledgement = Acknowledgement
letter-kind-question = Question
letter-kind-refusal = Refusal
letter-kind-narrowing = Narrowing
letter-kind-redirect = Redirection
letter-kind-challenge = Challenge
letter-kind-annex-iii = Annex III of Regulation (EU) 2023/1543
letter-kind-no-data = No data
letter-kind-production = Cover letter of a production
letter-kind-notice = Notice to the account holder
letter-kind-secrecy-end = Request to end the secrecy

## Why a case cannot have one

no-letter-not-described = The demand is not described yet, so nobody knows to whom it goes.
no-letter-not-verified = Nobody has verified that the demand comes from this authority.
no-letter-not-decided = The demand is not decided yet.
no-letter-no-such-answer = No part of the demand is answered in this way.
no-letter-no-certificate = The demand is no certificate of Regulation (EU) 2023/1543.
no-letter-not-found-empty = No search has ended without finding anything or withholding anything.
no-letter-nothing-produced = Nothing has been produced that may be handed over.
no-letter-no-secrecy = The demand names no secrecy order.
no-letter-secrecy-ended = The secrecy order has ended.
no-letter-no-account = The demand concerns no account of a person that exists here.
no-letter-already-told = The account holder has been told.
no-letter-closed = The case is closed.
no-letter-must-not-tell = The provider must not tell { $whom }.

## What all have

letter-from = From
letter-to = To
letter-date = Date
letter-case = Our case
letter-reference = Your reference
letter-instrument = Your document
letter-issued = { $what } of { $day }
letter-closing = For { $provider }
letter-fill-in = [[Fill in: { $what }.]]
letter-part = { $what } – { $answer }
letter-why = Why: { $why }
letter-provision = { $says } ({ $cite })
letter-instead = What you can do instead: { $instead }
letter-reason-blank = the reason
letter-rest = The rest of your demand
letter-rest-unanswered = not answered yet.
letter-rest-apart = answered separately.
letter-rest-handed-over = handed over.
letter-contact = If anything in this letter is unclear, write to us and give our case number.

## One by one

letter-acknowledgement-title = Your demand has arrived
letter-acknowledgement-received = Your demand reached us on { $at }. We are examining it, and answer each part of it.
letter-acknowledgement-verify = Before anything is answered, we confirm with your authority, on a number that we have ourselves, that the demand is yours.
letter-question-title = A question about your demand
letter-question-lead = We cannot answer your demand as it stands, or not all of it.
letter-question-part = something is missing or unclear.
letter-question-not-looked-up = cannot be looked up here: we do not know whether there is anything.
letter-question-blank = what you need to know
letter-refusal-title = Answer to your demand: not complied with
letter-refusal-lead = We do not comply with the following.
letter-refusal-part = not complied with.
letter-refusal-stranger = We could not confirm that this demand comes from whom it names. We therefore do not comply with it, and say nothing of whether any data exists.
letter-refusal-stranger-way = If it is yours, contact us by a way that you yourselves have published, and name the reference above.
letter-narrowing-title = Answer to your demand: complied with in part
letter-narrowing-lead = We comply with your demand only as far as follows.
letter-narrowing-part = complied with in part only.
letter-narrowing-none = not handed over.
letter-narrowing-only = Only this: { $what }.
letter-narrowing-receipt = Only what was stored when your demand arrived.
letter-redirect-title = Answer to your demand: another way
letter-redirect-lead = We do not hand over the following. You can ask for it in another way.
letter-redirect-lead-preserve = We do not preserve the following on your demand. You can ask for it in another way.
letter-redirect-customer = not handed over; please ask the customer, who is the controller of the data.
letter-redirect-customer-blank = the customer's name and contact
letter-redirect-treaty = not handed over; please ask through this channel: { $channel }.
letter-redirect-preserve-way = not preserved, and nothing is handed over; please ask through this channel: { $channel }.
letter-redirect-preserve = not preserved, and nothing is handed over.
letter-challenge-title = Answer to your demand: we ask for its review
letter-challenge-lead = We object to the following, and bring it before whoever has to decide about it. Until it is decided, nothing of it is handed over.
letter-challenge-part = not handed over; we object.
letter-challenge-conflict = This would permit it: { $says } ({ $cite })
letter-no-data-title = Answer to your demand: nothing found
letter-no-data-lead = We have searched for the following. The search is finished and found nothing to hand over. The signed statement of the search, in the sealed package, says where was searched and what could not be read.
letter-no-data-part = nothing found.
letter-production-title = Answer to your demand: data handed over
letter-production-lead = The data that belongs to this letter comes in sealed packages, each with a signed receipt. Only the holder of the key can open them.
letter-production-lead-passphrase = The data that belongs to this letter comes in sealed packages, each with a signed receipt. They open with a passphrase. One of us calls you on the number that we have of your authority and tells it; we tell it to nobody who calls us.
letter-production-sealed = Sealed for
letter-production-items = Contents
letter-production-withheld = Withheld for review
letter-production-package = SHA-256 of the package
letter-production-parts = What the packages answer
letter-production-nothing = searched; nothing was found.
letter-production-not-complete = nothing of it is in the packages; not all of it could be searched.
letter-production-open = Each package begins with SUMMARY.txt: what was searched, what was found, and how it can be checked. Please confirm that you received them, and say if anything cannot be opened.
letter-secrecy-end-title = Request to end the secrecy
letter-secrecy-end-lead = Your demand forbids us to tell the account holder: { $provision }.
letter-secrecy-end-lead-order = Under the order of secrecy of { $day } ({ $issuer }, { $provision }) we must not tell the account holder.
letter-secrecy-end-none = No end is stated. We ask you to state one, or to have the secrecy lifted if it is no longer needed.
letter-secrecy-end-until = It ends on { $until }. We ask you to have it lifted now if it is no longer needed.
letter-secrecy-end-ask = If it has to go on, please send us the decision, with its reasons and its end. Please also tell us whether you have told the account holder yourself.
letter-secrecy-end-ask-until = If it has to go on, please send us the decision, with its reasons. Please also tell us whether you have told the account holder yourself.
letter-notice-title = An authority asked for data of your account
letter-notice-account = Your account
letter-notice-lead = { $authority } ({ $country }) asked { $provider } for data of your account.
letter-notice-preserve = { $authority } ({ $country }) asked { $provider } to keep data of your account. Nothing is handed over because of that alone.
letter-notice-basis = It relied on this: { $what } of { $day }, { $provision }. Its reference is { $reference }.
letter-notice-secrecy = We were not allowed to tell you before { $until }.
letter-notice-parts = What was asked for, and what became of it
letter-notice-handed-over = handed over to the authority.
letter-notice-nothing = nothing was found.
letter-notice-refused = not handed over.
letter-notice-withdrawn = not handed over; the authority withdrew its demand.
letter-notice-granted = to be handed over.
letter-notice-not-complete = nothing was handed over; not all of it could be searched.
letter-notice-kept = nothing is handed over.
letter-notice-open = not answered yet.
letter-notice-reasons = Reasons and redress
letter-notice-reasons-blank = the reasons of the demand, and of what the provider did
letter-notice-redress-blank = the redress that the demand names
letter-notice-do = What you can do
letter-notice-do-ask = You can write to us and ask what was handed over; give our case number. You can ask the authority or a lawyer how the decision can be reviewed.
letter-notice-genuine = How you know that this letter is ours
letter-notice-check = Open { $address } and enter these four words. You need no account, and we never ask for your password.
letter-notice-check-ask = Contact us by a way that you already know, and name these four words. We never ask for your password.

## Annex III

annex-not-compared = The wording of this form has not yet been compared with the Official Journal.
annex-for = concerns: { $parts }
annex-tick-law = whether it protects fundamental rights, national security and defence, or something else
annex-preserved = tick one; say preserved only if it is
annex-none = none

## Elsewhere

refusal-letter-invisible = The letter holds characters that nobody sees. Take them out; typing the text anew helps.
refusal-letter-unfinished = A place in the letter is still to be filled in: it stands in double square brackets.
refusal-letter-without-code = A notice has to hold four words by which its reader can check that it is genuine. Take the text that is proposed.
refusal-letter-code-used = These four words stand in another letter already. Have the notice proposed anew.
refusal-letter-to-account = This letter would go to an account that the demand is about, and its holder may not be told by it.
refusal-letter-names-another = A notice names no other account that the demand is about. Take it out.
refusal-no-such-letter = No such letter was sent in this case.
refusal-letter-not-by-itself = The desk cannot send this letter by itself in this way. Send it, and record that it was sent.
refusal-letter-without-address = Write one mail address into the recipient.
refusal-no-letter = { $kind }: not now. { $why }
field-to = to whom
field-text = the text
event-letter-sent = letter sent
event-letter = { $kind } sent to { $to } ({ $by }); SHA-256 { $digest }
event-letter-taken = { $kind } sent to { $to } ({ $by }): taken by the mail server ({ $code }) as { $name }; SHA-256 { $digest }
event-letter-waiting = { $kind } to { $to } ({ $by }): waiting to be sent; SHA-256 { $digest }
event-letter-given-up = letter not sent: { $why }. Send it anew, or send it yourself and record it.
event-letter-waits = letter waits
event-letter-not-sent = letter not sent

## On the web

web-tab-letters = Letters
web-done-letter-sent = The letter is recorded as sent.
web-done-letter-waits = The letter waits to be sent. It is recorded as sent once the mail server took it.
web-letters-waiting = On their way
letters-of-case = Case { $case }: letters
letters-waiting = Waiting to be sent, or not sent
web-letters-waits = Waiting to be sent
web-letters-given-up = Not sent: { $why }.
web-letters-given-up-way = Write it again and send it anew, or send it yourself and record that it was sent.
web-letters-taken = Taken by the mail server ({ $code }) as { $name }
web-letters-send-door = Send: lay it at the door and tell the officer by mail
web-letters-send-door-means = The mail says only that there is something to fetch. The officer reads the letter after signing in.
web-letters-send-mail = Send as plain mail
web-letters-send-mail-means = The settings allow the text of this kind of letter in a mail. Anybody between here and there may read it.
web-letters-by-hand = I have sent it myself
web-letters-write = Letters that can be written now
web-letters-none = None.
web-letters-not-now = Not now
web-letters-sent = Sent
web-letters-none-sent = No letter has been sent in this case.
web-letters-in-en = English
web-letters-in-sv = Swedish
web-letters-in-da = Danish
web-letters-text = Text
web-letters-text-hint = What comes from the case is proposed; the text is yours. Empty lines part paragraphs, a line of hyphens below a line makes it a heading, hyphens make a list. What stands in double square brackets is to be filled in.
web-letters-keep = Keep and preview
web-letters-anew = Propose anew
web-letters-to = To
web-letters-to-hint = Name and address, as on the letter.
web-letters-by = Sent by
web-letters-sent-means = Record it once it is sent. The exact text is kept with the case, and its digest stands among the events of the case.
web-letters-record = Record as sent
web-letters-preview = Preview
web-letters-take = Take the text
web-letters-pdf = PDF
web-letters-no-pdf = This program was built without PDF. The text can be taken and printed.
web-letters-no-glyph = The typeface of letters has no “{ $sign }”. Write it in another way, or take the text.
