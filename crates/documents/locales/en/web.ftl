# The pages of the desk on the web, in English.

## The frame

web-skip = To the content
web-nav = Main navigation
web-nav-work = Work
web-nav-inbox = Inbox
web-nav-duties = Duties
web-nav-authorities = Authorities
web-nav-to-sign = To sign
web-nav-people = People
web-nav-law = How demands are answered
web-search = Search
web-search-hint = Case, account, reference, authority, words
web-language = Language
web-theme = Colours
web-theme-system = As the system
web-theme-light = Light
web-theme-dark = Dark
web-title-error = Error:
web-crumbs = Where you are
web-cancel = Cancel
web-continue = Continue
web-to-start = To the first page
web-choose = Choose
web-not-said = Not said
web-cannot-tell = I cannot tell from the papers
web-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}

## Times

web-today = today
web-tomorrow = tomorrow
web-day = { $weekday } { $day } { $month }
web-day-year = { $weekday } { $day } { $month } { $year }
web-day-time = { $day } { $time }
web-weekday-1 = Mon
web-weekday-2 = Tue
web-weekday-3 = Wed
web-weekday-4 = Thu
web-weekday-5 = Fri
web-weekday-6 = Sat
web-weekday-7 = Sun
web-month-1 = Jan
web-month-2 = Feb
web-month-3 = Mar
web-month-4 = Apr
web-month-5 = May
web-month-6 = Jun
web-month-7 = Jul
web-month-8 = Aug
web-month-9 = Sep
web-month-10 = Oct
web-month-11 = Nov
web-month-12 = Dec
web-minutes = { $count } min
web-hours = { $count } h
web-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
web-left = in { $span }
web-late = { $span } late
web-provisional = provisional: the shortest time that could apply
web-received = received { $at }
web-issued = of { $day }

## Signing in

web-sign-in = Sign in
web-sign-in-how = You sign in with the passkey that you made here. It will be asked again when you sign a mandate.
web-sign-in-button = Sign in with your passkey
web-sign-in-failed = That did not work, and nobody was signed in. Try again, or ask the administrator for a new link.
web-sign-in-script = Browsers offer passkeys to scripts alone, and scripts are switched off here. Everything else works without them.
web-sign-in-no-passkey = No passkey yet? The administrator gives you a link that works once.
web-openid-button = Sign in with { $name }
web-openid-worth = { $name } says who you are, and nothing more: a mandate is still signed with your passkey or on a machine of your own.
web-openid-signed-in = You are signed in
web-openid-go-on = Go on
web-openid-asked = An administrator has to agree now
web-openid-not-shown = Nothing was asked for
web-openid-account = Your account there is, as { $name } names it:
web-openid-refused-again = This was begun in another browser or too long ago, or was used already. Nobody was signed in. Begin again.
web-openid-refused-busy = Many people are signing in at once. Try again in a moment, or use your passkey.
web-openid-refused-down = { $name } cannot be reached just now. Your passkey works as always.
web-openid-refused-provider = What { $name } answers cannot be used here, and nobody was signed in. The administrator finds out why under “In order?”. Your passkey works as always.
web-openid-refused-said-no = { $name } did not let you in, or you stopped there. Nobody was signed in.
web-openid-refused-taken = That account cannot be bound to you: it signs somebody in here already.
web-openid-refused-token = What { $name } says about you did not pass the checks here, and nobody was signed in. Try again; if it happens twice, tell the administrator.
web-openid-refused-too-old = You showed { $name } too long ago who you are. Sign out there, and try again.
web-openid-refused-unknown = { $name } knows you, but that account signs nobody in here. Come in with your passkey or a link, and ask for it on your own page.
web-welcome = Welcome, { $name }
web-welcome-role = You come in as { $role } at { $provider }.
web-welcome-once = This link works once. Press the button only if you are this person.
web-welcome-button = Come in
web-you = Your own page
web-you-since = signed in since { $at }
web-you-make-passkey = Make a passkey now: the link that brought you here does not work again.
web-passkeys = Your passkeys
web-passkeys-none = none
web-passkeys-count = { $count ->
    [one] { $count } passkey
   *[other] { $count } passkeys
}
web-passkey-since = since
web-passkey-words = Its key in eight words. Whoever adds it to an agent’s roster compares them with you by telephone.
web-passkey-on-roster = This passkey is on the desk’s roster: with it you can sign mandates here.
web-passkey-key = The key itself
web-passkey-remove = Remove
web-passkey-new = Make a passkey
web-passkey-what = A passkey lies in your device or security key and is unlocked by a PIN, a finger or your face.
web-passkey-name = What you call it
web-passkey-name-hint = For example “work laptop” or “blue security key”
web-passkey-make = Make the passkey
web-passkey-failed = No passkey was made. The device may have been too slow, or cannot make one that asks for a PIN, a finger or a face.
web-passkey-not-now = You came in with an account. Passkeys are made and removed by whoever came in with a passkey or a link.
web-binding = Signing in with { $name }
web-binding-how = You can sign in with { $name } as well. Show once which account there is yours; then an administrator agrees.
web-binding-show = Show { $name } who you are
web-binding-waits = You asked for it, and an administrator has not agreed yet. Tell them that it was you.
web-binding-take-back = Take it back
web-binding-bound = Your account at { $name } signs you in. It signs no mandate.
web-binding-since = since
web-binding-end = End this way of signing in
web-sign-out-title = Leave
web-sign-out = Sign out

## What goes wrong

web-not-done = This was not done
web-nothing-changed = Nothing was changed.
web-problem-not-there = There is nothing here
web-problem-not-there-way = This page does not exist, or it is not yours to see.
web-problem-malformed = This was not understood
web-problem-malformed-way = What arrived is not what our pages send. Nothing was changed. Go back and try again.
web-problem-foreign = This came from somewhere else
web-problem-foreign-way = Your browser does not say that this was sent from one of our own pages, so nothing was changed.
web-problem-too-large = This is too large
web-problem-too-large-way = Nothing was kept. Send fewer or smaller files, one after the other.
web-problem-too-slow = This took too long
web-problem-too-slow-way = The connection was too slow, and nothing was kept. Try again.
web-problem-busy = Too many at once
web-problem-busy-way = The desk is busy. Nothing was changed. Try again in a moment.
web-problem-unavailable = This cannot be done just now
web-problem-unavailable-way = Something on the desk’s own machine is not as it should be. Whoever runs it is told. Try again later.
web-problem-refused = This was not done
web-problem-refused-way = Nothing was changed.
web-problem-not-compared = The case could not be compared with the public log
web-problem-not-compared-way = Nothing is signed or handed over before it was. Whoever runs the desk finds the reason there.
web-problem-damaged = This case is damaged
web-problem-damaged-way = Something of it is not what was recorded. Nothing is done in it until it is restored from a backup.
web-errors = There is something to correct
web-wrong-time = Write day and time, for example 2026-11-26 14:30.
web-wrong-future = This lies in the future. Write when it arrived.
web-wrong-nothing = Choose at least one file, or write what was said.
web-wrong-empty = Fill in: { $field }.
web-wrong-months = Write the maximum penalty in whole months, for example 120.
web-wrong-categories = Tick at least one kind of data.

## What was done

web-done-taken-in = It is a case now, and its bytes are kept.
web-done-taken-in-before = The same bytes came before: this is their case. Nothing new was recorded.
web-done-attached = The file is added to the case.
web-done-described = The demand is described. Next: call the authority back.
web-done-called = The call is recorded.
web-done-genuine = It is recorded that the demand is genuine. Next: apply the law.
web-done-not-genuine = It is recorded that the demand could not be verified.
web-done-judged = It is recorded.
web-task-inquire = Ask which accounts there are
web-inquire-what = Only the agent beside the data knows which accounts there are. It is asked with your signature, and tells which of these are accounts and which kinds of their data lie there. It tells no content. The question stands in the public log, and an agent tells of a limited number of accounts within a day.
web-inquire-nothing = There is nothing to ask now.
web-inquire-of = Question to the agent of { $region }
web-inquire-here = Ask with your passkey
web-inquire-fetch = Fetch the question, to sign it on your own machine
web-inquire-bring = A question that you signed on your own machine
web-inquire-bring-hint = The file with your signature, as it was written there.
web-inquire-bring-button = Bring it and ask
web-inquire-told = Asked { $at }: the agent of { $region } has answered.
web-inquire-refused = Asked { $at }: the agent of { $region } did not answer.
web-inquire-waits = Asked { $at }: the agent of { $region } has not answered yet.
web-inquire-again = Ask again
web-done-inquired = The question is recorded. It goes to the agent as soon as the public log has it.
web-done-assessed = The law was applied to each part.
web-done-decided = The answers are recorded. What is to be carried out waits for two signatures.
web-done-signed = The signature is recorded. One more person has to sign.
web-done-released = Two people signed. The mandate goes to its agent as soon as the public log has it.
web-done-delivered = The sealed packages are ready to be fetched.
web-done-passphrase-told = The call is recorded: the passphrase was told.
web-done-noted = The note is written.
web-done-assigned = The case has changed hands.
web-done-linked = The two cases are linked.
web-done-closed = The case is closed. What still runs stays in the list.
web-done-reopened = The case is open again. What was answered stays as it was answered.
web-done-recorded = It is recorded, and the clocks are set by it.

## Work

web-view-nav = Views
web-view-group-views = Views
web-view-group-waiting = Waiting for
web-view-group-all = All
web-view-mine = Mine
web-view-unassigned = Unassigned
web-view-today = Late or due today
web-view-soon = Due within a week
web-view-undescribed = Not yet described
web-view-authority = Authority
web-view-counsel = Counsel
web-view-agent = Agent
web-view-open = Open
web-view-duties = Closed, duty still runs
web-view-closed = Closed
web-cases = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
web-cases-or-more = { $count } or more cases
web-empty-mine = You have no open case. Those that belong to nobody are under “Unassigned”.
web-empty-no-group = You work for no group, so no case is here for you. Ask the administrator.
web-empty-unassigned = Every open case has somebody who looks after it.
web-empty-today = Nothing is late or due today.
web-empty-soon = Nothing is due within a week.
web-empty-undescribed = Everything that arrived is described.
web-empty-authority = No case waits for an authority.
web-empty-counsel = Nothing waits for counsel’s signature.
web-empty-agent = No case waits for an agent.
web-empty-open = No case is open.
web-empty-duties = No duty outlives a case.
web-empty-closed = No case is closed yet.
web-unreadable = { $count ->
    [one] { $count } case belongs on this page and cannot be shown: its row was changed from outside.
   *[other] { $count } cases belong on this page and cannot be shown: their rows were changed from outside.
}
web-pages = Pages
web-page-before = Previous page
web-page-next = Next page
web-page-of = Page { $page } of { $pages }
web-page-number = Page { $page }
web-column-clock = Next clock ({ $zone })
web-column-case = Case
web-column-from = From
web-column-asked = Asked for
web-column-now = Now
web-band-late = Late
web-band-today = Due today
web-band-unknown = Not described yet: look first
web-band-soon = This week and next
web-band-later = Later
web-band-nothing = No deadline of ours
web-not-described = Not described yet
web-parts = { $count ->
    [one] { $count } part
   *[other] { $count } parts
}
web-clock-act-by = answer by
web-clock-claim-by = possible until
web-clock-not-before = not before
web-clock-keep-until = keep until
web-clock-valid-until = runs until
web-clock-none = No deadline known
web-clock-no-day = A duty without a day
web-clock-runs = Permit or order runs until { $at }
web-clock-ran = Permit or order ran until { $at }
web-clock-not-ours = no deadline of ours
web-clock-closed = closed
web-now-describe = To do: describe
web-now-call-back = To do: call back
web-now-assess = To do: assess
web-now-decide = To do: decide
web-now-counsel = Waiting for counsel
web-now-analyst = Waiting for an analyst
web-now-agent = Waiting for the agent
web-now-deliver = To do: hand over
web-now-authority = Waiting for the authority
web-now-letter = To do: answer by letter
web-now-close = To do: close
web-now-closed = Closed
web-now-duty = Answered; a duty still runs
web-to-sign-leaves = { $categories } of { $accounts }, to { $to }
web-to-sign-stays = { $categories } of { $accounts }; nothing leaves
web-to-sign-nobody = Nobody has signed
web-to-sign-signed = Signed by { $names }
web-search-title = Search
web-search-for = Search for { $wanted }
web-search-nothing = Nothing was found.
web-search-account = Demands that name this account
web-search-reference = References
web-search-authority = Authorities
web-search-words = Written in the case
web-search-narrow = To narrow these further:
web-search-above = { $count ->
    [one] One of them stands above.
   *[other] { $count } of them stand above.
}
web-search-what = Accounts are found only by their whole name, since the desk keeps no list of them that can be read. Words are found whole, in any order: what people wrote in demands, notes, reasons and letters. Notes for counsel only and the files themselves are not searched.

## A new case

web-new-case = New case
web-new-lead = Whatever arrives is a case at once, with its time and its sender. It is described afterwards.
web-new-files = Files
web-new-files-hint = The papers as they came: PDF, scan, mail, text. Up to { $limit } MB each. The first one gives the case its name.
web-new-words = Or what was said or pasted
web-new-words-hint = A telephone call: who called, the number that was shown, what they want.
web-new-words-file = what-was-said.txt
web-new-emergency = Somebody's life or safety may be at stake: wake whoever is on call
web-new-channel = How it came
web-channel-post = By letter
web-channel-fax = By fax
web-channel-email = By e-mail
web-channel-portal = Through a portal
web-channel-door = Through the door for authorities
web-channel-telephone = By telephone
web-channel-in-person = In person
web-channel-other = In another way
web-new-from = From whom
web-new-from-hint = The address, number or name that it gives itself
web-new-arrived = When it arrived
web-new-arrived-hint = { $zone }. Empty means now.
web-new-button = Take it in
web-new-note = Nothing is opened here: the bytes are kept as they are. The same file again gives the same case.

## A case

web-case-nav = Pages of this case
web-case-undescribed = Not described yet: { $file }
web-case-for = { $what } for { $account }
web-accounts = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
web-owner = Looked after by { $name }
web-owner-none = Nobody looks after it
web-uncompared = This case could not be compared with the public log. Nothing is signed or handed over before it was.
web-tab-thread = Tasks and thread
web-tab-demand = Demand
web-tab-assessment = Assessment
web-tab-decision = Decision
web-tab-clocks = Clocks
web-state-received = not described
web-state-described = described
web-state-authenticated = genuine
web-state-not-authenticated = not verified
web-state-assessed = assessed
web-state-decided = decided
web-state-partly-approved = signed once
web-state-mandated = signed twice
web-state-not-produced = not produced
web-state-produced = produced
web-state-delivered = handed over
web-state-waiting = partly answered
web-state-duties-run = closed, a duty still runs
web-state-closed = closed
web-tasks = Tasks
web-tasks-take-in = Take in
web-tasks-answer = Answer
web-tasks-hand-over = Hand over
web-tasks-notice = Telling
web-tasks-duties = Duties that outlive the case
web-task-describe = Describe the demand
web-task-call-back = Call back
web-task-assess = Apply the law
web-task-decide = Decide each part
web-task-sign = Two signatures
web-task-produce = Produce in the region
web-task-preserve = Preserve in the region
web-task-deliver = Hand over
web-task-tell = Tell the passphrase by telephone
web-tell-how = Where the agent runs, “{ $command }” shows it to you once.
web-tell-waits = Waiting for { $name }
web-task-notice = Tell the account holder
web-task-notice-controller = Tell the customer who is the controller
web-task-letter = Tell the authority the answer
web-task-close = Close the case
web-task-duty = A duty still runs
web-work-todo = To do
web-work-done = Done
web-work-not-yet = Cannot start yet
web-work-waiting = Waiting
web-not-produced = The agent did not carry it out: { $why }
web-answer-waits = An agent has answered. The answer is recorded within a minute.
web-lapsed = A mandate of this case can no longer be carried out by anybody. Decide again, and it is drafted anew.
web-alike = Another case has the same reference of the same authority:
web-alike-link = It is the same demand, sent again
web-alike-reason = the same reference of the same authority
web-thread = What happened
web-the-desk = The desk
web-note = Write a note
web-note-hint = Everybody at the desk can read it.
web-note-hint-group = Everybody of the case’s group, and the auditors, can read it.
web-note-privileged = For counsel only
web-note-privileged-hint = Sealed: once it is written, only counsel’s own keys open it, and not the desk.
web-note-sealed-fetch = Fetch the note, sealed.
web-note-sealed-how = Open it with Lagrum on your own machine, with your key.
web-note-button = Write the note
web-more = Hand over to a colleague, link, close
web-hand-over = Who looks after it
web-hand-over-button = Hand over
web-link = Link with case
web-link-hint = For example 2026-0007
web-link-why = Why they belong together
web-link-button = Link
web-deliver = Make the sealed packages ready to fetch
web-passphrase-told = Record that I told it
web-leaves = { $count ->
    [0] Nothing leaves.
    [one] { $count } part leaves.
   *[other] { $count } parts leave.
}
web-stays = { $count ->
    [0] Nothing is kept back.
    [one] { $count } part stays.
   *[other] { $count } parts stay.
}
web-waits = { $count ->
    [one] { $count } part waits.
   *[other] { $count } parts wait.
}
web-demand-undescribed = Nobody has described this demand yet. Until then nobody knows how much time there is.
web-originals = As it was received
web-original-take = Take the file as it was received
web-original-page = Page { $page } of { $of } of { $file }
web-original-text = Text that could be read out
web-original-text-hint = It helps to search and copy. What counts is the picture: a file can hold text that nobody sees, and show text that it does not hold.
web-original-no-text = No text could be read out of it: it is a scan or a photograph.
web-original-more-text = There is more text than is shown here.
web-original-cut-off = The end of this file is missing, or is not where it should be: it may have been cut off on its way. What is shown may be wrong, or not all of it. Ask the sender for it again.
web-original-two-things = This mail has a plain and a formatted version, and they do not say the same. Both stand below, one after the other: programs for mail show only one of them. Ask the sender which one counts.
web-original-more-pages = The file has more pages than are shown here. Take it to read it to its end.
web-original-take-attached = Take the attachment
web-not-shown-other-kind = This kind of file is not opened here. Take it to a machine that is made for reading files of strangers: office files can hold programs.
web-not-shown-packed = This file is packed ({ $form }): an archive, or an office file. Nothing is unpacked here, and nobody looked at what is in it. Take it to a machine that is made for reading files of strangers: archives and office files can hold programs.
web-not-shown-locked = The file opens with a password alone. Ask the authority for one that opens without.
web-not-shown-too-much = The file asks for more memory or time than a file of a stranger gets. Take it to a machine that is made for reading files of strangers.
web-not-shown-busy = Many files are being read at this moment. Load the page again in a minute.
web-not-shown-damaged = The file is damaged, or of a form that is not known here. Take it to a machine that is made for reading files of strangers.
web-not-shown-not-here = This desk cannot show files as pictures. Whoever runs it sees why when it starts.
web-attach = Add a file
web-attach-files = Files that belong to this demand
web-attach-button = Add
web-memo = Memorandum
web-memo-open = The memorandum, for the file or to print

## Describing

web-describe = Describe what arrived
web-describe-kind = Which kind of legal process is it?
web-describe-kind-hint = The form then asks only what this one needs.
web-describe-parts = How many parts?
web-describe-parts-hint = One for each combination of accounts, data and period. Each is answered on its own.
web-describe-other = It is another kind, or has more parts
web-describe-anew = Correct the description
web-describe-check = Save and check answers
web-suggested = { $count ->
    [one] { $count } suggestion from the paper
   *[other] { $count } suggestions from the paper
}
web-suggested-lead = Nothing is taken until you press Use. The numbers stand beside their places in the paper.
web-use = Use
web-draft-kept = This is your draft, kept { $at }.
web-d-group-who = Who asks
web-d-authority = Authority
web-d-authority-hint = As it stands on the papers. Only an authority of your list can be called back.
web-d-authority-country = Its country
web-d-authority-kind = Kind of authority
web-authority-kind-court = Court
web-authority-kind-prosecutor = Prosecutor
web-authority-kind-police = Police
web-authority-kind-central-authority = Central authority
web-authority-kind-security-service = Security service
web-authority-kind-other-authority = Other authority
web-authority-kind-private-party = Private party
web-d-officer = Officer
web-d-officer-email = Officer’s mail address
web-d-reference = Their reference
web-d-kind = Kind of legal process
web-d-group-instrument = The papers
web-d-measure = What does it permit?
web-d-provision = Provision
web-d-provision-hint = As the papers name it, for example 27 kap. 18 § rättegångsbalken
web-d-law-country = Whose law
web-d-issued-on = Day on its face
web-d-issuer = Issued by
web-d-issuer-kind = In which capacity
web-d-issuer-reference = Its own number
web-d-issuer-reference-hint = The court’s or office’s own, if the demand has another.
web-d-signature = Signed by
web-d-signature-hint = Leave it empty if it is not signed.
web-d-signature-form = How it is signed
web-d-further-signatures = More signatures
web-d-signature-2 = Second signature
web-d-signature-2-form = How the second was made
web-d-signature-3 = Third signature
web-d-signature-3-form = How the third was made
web-signature-handwritten = by hand
web-signature-electronic = electronically
web-signature-qualified = with a qualified electronic signature or seal
web-d-validated = Validated by
web-d-validated-hint = Where another authority had to.
web-d-validated-kind = In which capacity
web-d-notification = Was the enforcing authority notified?
web-notification-not-required = Not required
web-notification-pending = Notified, its time still runs
web-notification-cleared = No ground for refusal was raised
web-notification-refused = A ground for refusal was raised
web-d-customer-cannot-be-asked = The authority states that the customer cannot be asked
web-d-treaty = Treaty or agreement
web-d-rank-confirmed = I checked that the issuer holds the rank that the law asks for
web-d-certified = It bears the certification that the law asks for
web-d-interim = It was issued in urgency and is to be confirmed
web-d-certificate-wanted = A certificate of authenticity is asked for
web-d-valid-until = Last day on which it can be carried out
web-d-valid-until-hint = Leave it empty if the papers name none.
web-d-entity = Addressed to
web-d-entity-other-choice = Another company
web-d-entity-other = Its name
web-d-entity-other-country = Its country
web-d-purpose = What for
web-d-zone = Times below are in
web-d-zone-hint = The zone in which the papers write them.
web-d-group-part = Part { $number }
web-d-identifiers = Whose data
web-d-identifiers-hint = One line each: a mail address, or user-id:…, phone-number:+46…, ip-address:… with its instant.
web-d-categories = Which kinds of data
web-d-categories-hint = Only what the papers name.
web-d-boxes = Only certain fields of these
web-d-from = From
web-d-from-hint = Leave it empty if the papers name no beginning.
web-d-until = Until
web-d-until-hint = The end is not included. Empty: up to the receipt.
web-d-group-offence = Offence
web-d-offence = What is investigated
web-d-offence-provision = Provision
web-d-offence-months = Maximum penalty, in months
web-d-offence-listed = The authority states that it is a listed offence
web-d-group-sentence = Sentence that is executed
web-d-sentence-months = Its length, in months
web-d-sentence-months-hint = Only where the order is made to execute a sentence.
web-d-sentence-in-absentia = It was given in the absence of the convicted person
web-d-sentence-absconded = The convicted person has absconded
web-d-group-digital-services = Digital Services Act
web-d-digital-services = It is an order under Article 10 of the Act
web-d-digital-services-reasons = It states why the information is needed
web-d-digital-services-redress = It says what redress there is
web-d-digital-services-language = It is in a language that the provider has declared, or comes with a translation
web-d-group-emergency = Danger
web-d-threat-to = What is in danger?
web-threat-none = No danger is claimed
web-threat-person = Life or safety of a person
web-threat-infrastructure = A critical infrastructure
web-d-threat-facts = The facts that are stated
web-d-group-secrecy = Secrecy
web-d-secrecy-provision = Provision or order
web-d-secrecy-provision-hint = Leave it empty if the papers forbid nothing.
web-d-secrecy-until = Until
web-d-secrecy-until-hint = Leave it empty if no end is named; then ask for one.
web-d-secrecy-issuer = Ordered by
web-d-secrecy-issuer-hint = Where the secrecy is an order of its own.
web-d-secrecy-issuer-kind = In which capacity
web-d-secrecy-ordered-on = Day of that order
web-d-secrecy-certified = It certifies the harm that the provision asks for
web-d-secrecy-review-notice = It tells of the right to judicial review
web-d-controller-told = Telling the controller
web-controller-told-yes = The controller is to be told
web-controller-told-no = The authority asks not to tell the controller
web-d-group-deadline = Deadline
web-d-answer-by = They ask for an answer by
web-d-answer-by-hint = Only what the papers name. What the law gives is counted by itself.
web-d-group-recipient = To whom the answer is sealed
web-d-recipient = Recipient
web-d-recipient-hint = A key that is known for the authority counts before one that stands in the papers.
web-d-recipient-key = Public key
web-d-recipient-key-hint = Empty where the authority has none: some are told a one-time passphrase by telephone instead, as the list of authorities says.
web-check = Check your answers
web-check-lead = Compare with the papers. This is what the law is applied to.
web-check-unknown = { $count ->
    [one] { $count } thing is not known
   *[other] { $count } things are not known
}
web-unknown-signature = No signature is noted. Many laws ask for one.
web-unknown-key = No key of the recipient, and nobody tells this authority a passphrase: without one of them no answer can be sealed.
web-unknown-key-told = No key of the recipient: an answer is sealed with a one-time passphrase, which { $by } tells the authority by telephone.
web-unknown-offence = No offence is named. Some rules depend on it.
web-unknown-period = A part names no beginning.
web-unknown-measure = What the papers permit is not said. Parts that depend on it will be asked about.
web-unknown-secrecy-end = The secrecy names no end.
web-check-void = A new description makes every finding about the old one void.
web-check-why = Why it is described anew
web-check-button = This is what arrived
web-check-change = Change

## Calling back

web-call-undescribed = Describe the demand first: then the number of the list is shown.
web-call-whom = Call { $name } on the number of your list:
web-call-ours = This number was found independently of any demand. Do not call one that stands in the papers.
web-call-ask = Ask for the reference, the account and the day; do not read them out.
web-call-unknown = This authority is not in your list
web-call-unknown-way = There is no number to call. Find one independently of the papers, and have the administrator enter it in authorities.toml. Nothing is disclosed before.
web-call-confirmed = { $who } confirmed it on { $number }; { $by } called.
web-call-denied = { $who } did not confirm it on { $number }; { $by } called.
web-call-result = What did they say?
web-call-yes = They sent it
web-call-no = They did not send it
web-call-who = Who answered
web-call-who-hint = Name and office, as they gave them
web-call-at = When
web-call-at-hint = Empty means now.
web-call-unreached = Nobody answered? Then nothing is recorded here; write a note and call again.
web-call-button = Record the call
web-genuine = Is it genuine?
web-sender-fits = Sender, kind and addresses are as your list has them.
web-sender-differs = This is not as your list has it
web-genuine-question = Does it come from the authority?
web-genuine-yes = Yes, it is genuine
web-genuine-no = No, or nobody can tell
web-genuine-how = How you know
web-genuine-how-hint = What you compared and whom you spoke to
web-genuine-despite = Why it is genuine all the same
web-genuine-despite-hint = Each warning above needs its explanation.
web-genuine-button = Record it
web-danger = The claimed danger
web-danger-believed = Counsel believes in the danger.
web-danger-not-believed = Nobody has recorded a belief in the danger.
web-danger-question = Do you believe in it?
web-danger-yes = Yes, in good faith
web-danger-no = No
web-danger-why = On which facts
web-danger-button = Record your belief
web-danger-counsel = Only counsel can record this.

## Assessment and decision

web-assess = Apply the law of today
web-assess-anew = Apply the law of today again
web-assess-not-yet = The law has not been applied yet.
web-assess-granted = { $count ->
    [0] Nothing may leave.
    [one] { $count } part may leave.
   *[other] { $count } parts may leave.
}
web-assess-others = { $count ->
    [0] No part stays.
    [one] { $count } part stays or waits.
   *[other] { $count } parts stay or wait.
}
web-assess-no-count = How many messages or records there are, the desk does not know: it never looks into a store.
web-aside-facts = Clocks and memorandum
web-aside-papers = The papers
web-decide = Decide each part
web-decide-lead = The law’s answer is chosen already. A stricter one needs your reason.
web-decide-not-yet = There is nothing to decide yet: apply the law first.
web-decide-proposed = what the law says
web-decide-reason = Your reason
web-decide-reason-hint = The authority will read it. Needed where an answer is stricter than the law’s.
web-decide-then = What is to be carried out becomes a mandate that two people sign, one of them counsel. Nothing leaves before.
web-decide-letter-proposed = As it reads if every part is answered as the law proposes.
web-decide-button = Record the answers
web-answer-produce = Produce
web-answer-preserve = Preserve
web-answer-narrow = Narrow
web-answer-in-part = Narrow: a part leaves
web-answer-reject = Reject
web-answer-redirect-to-customer = Redirect to the customer
web-answer-redirect-to-treaty-channel = Redirect to the treaty channel
web-answer-challenge = Challenge
web-answer-wait = Wait
web-answer-no-data = No such data known here; still to be searched
web-answer-not-looked-up = Cannot be looked up here
web-answer-ask = Ask the authority
web-answer-by-hand = Answer by hand
web-answer-look-up = Look up whose account it is
web-answered-produce = To be produced
web-answered-preserve = To be preserved: nothing leaves
web-answered-narrow = Narrowed
web-answered-reject = Rejected
web-answered-redirect-to-customer = Redirected to the customer
web-answered-redirect-to-treaty-channel = Redirected to the treaty channel
web-answered-challenge = Challenged
web-answered-wait = Waits
web-answered-no-data = A search is to show that there is nothing
web-answered-not-looked-up = Could not be looked up
web-answered-ask = The authority is asked
web-answered-by-hand = Answered by hand
web-answered-look-up = To be looked up

## Signing

web-sign-nothing = Nothing of this case waits for a signature.
web-sign-leaves = This leaves
web-sign-stays = This does not leave
web-sign-to = Sealed to { $name }
web-sign-how = Sign, or do not
web-sign-why-two = A desk that somebody has taken over could show you one thing and have another signed. That is why one of the two signatures is made on a person’s own machine, where the text is shown again.
web-sign-own = On your own machine
web-sign-own-how = Fetch the file, sign it there, and bring the signatures back. These words must be the same on your machine.
web-sign-fetch = Fetch what is to be signed
web-sign-bring = Your signatures
web-sign-bring-hint = The file that your machine wrote
web-sign-bring-button = Add the signatures
web-sign-one-file = Choose the one file that your machine wrote.
web-sign-no-signatures = This file holds no signatures.
web-sign-other-case = These signatures are for another case.
web-sign-not = Do not sign
web-sign-here = Here, with your passkey
web-sign-here-none = You have no passkey that is on the roster. What becomes one stands on your page:
web-sign-here-not-first = Not yet: somebody has to sign on a machine of their own first. A desk that was taken over could show you one thing here and have another signed.
web-sign-here-button = Sign with your passkey
web-sign-here-failed = Your passkey did not sign. Nothing was added.
web-sign-not-typed = What you typed is not what this mandate names. Nothing was signed.
web-sign-changed = This mandate does not wait for a signature any more. Read the page again.

## Clocks

web-record = Record what happened
web-record-lead = What starts, stops or moves a clock, with how it is known.
web-record-what = What
web-record-when = When
web-record-how = How it is known
web-record-how-hint = A letter, a call, the time of a mail server
web-record-button = Record it

## Closing

web-close-lead = A closed case hands nothing over any more. Mandates that no agent carried out are taken back.
web-close-runs = { $count ->
    [one] { $count } duty still runs
   *[other] { $count } duties still run
}
web-close-why = Why it is closed
web-close-button = Close the case
web-close-keep-button = { $count ->
    [one] Close the case, keep { $count } duty
   *[other] Close the case, keep { $count } duties
}
web-close-not = Do not close
web-close-closed = This case is closed.
web-reopen-why = Why it is taken up again
web-reopen-button = Take it up again

## Authorities, people, law

web-authorities-lead = Contact details that were found independently of any demand. The administrator keeps them in authorities.toml.
web-authorities-count = { $count ->
    [one] { $count } authority
   *[other] { $count } authorities
}
web-authorities-none = Nobody has checked the contact details of any authority yet.
web-authority-name = Name
web-authority-country = Country
web-authority-number = Number to call back
web-authority-domains = Mail domains
web-authority-key = Key in words
web-authority-no-key = no key known
web-authority-passphrase = no key; { $by } tells it a passphrase for each answer, by telephone on the number here
web-people-lead = The administrator keeps the list in people.toml and the keys in the roster. Each agent has a roster of its own, which alone counts there.
web-people-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
web-person-name = Name
web-person-role = Role
web-person-passkeys = Passkeys for signing in
web-person-signs = Signs mandates
web-person-signs-not = no
web-person-own-machine = on a machine of their own
web-person-desk-machine = yes
web-law-title = How demands for data are answered
web-law-lead = { $provider } answers demands of authorities for data of its users by these rules. They are read by the program that applies them.
web-law-sentence-1 = Every demand is kept as it came, with its time and its sender.
web-law-sentence-2 = Before anything leaves, the authority is called back on a number that was found independently of the demand.
web-law-sentence-3 = Each part of it is held against the law: nothing leaves unless a rule permits it and none forbids it.
web-law-sentence-4 = Two people sign for what leaves, one of them counsel.
web-law-sentence-5 = Where the data lies, a program checks all of this again, takes out what was ordered and nothing else, and seals it to the authority.
web-law-sentence-6 = Each of these steps leaves a trace in a public log, in which nothing can be changed afterwards without it showing.
web-law-rules = The rules in force
web-law-as-of = As of { $day }.
web-law-advice = These are readings of the law and no legal advice. Each rule has a page that says how far its source was read and whether counsel confirmed it.
web-law-count = { $count ->
    [one] { $count } rule
   *[other] { $count } rules
}
web-law-effect = Effect
web-law-says = What it says
web-law-source = Source
web-law-permits = permits
web-law-forbids = forbids
web-law-preserves = permits preserving
web-law-more = Sources and conditions

## Challenges, what was withheld, settings

web-nav-challenges = Challenges
web-nav-withheld = Withheld
web-done-reviewed = What counsel decided is taken in. The mandate for it waits for two signatures, one of them of the counsel who decided.
web-done-settings-kept = Your settings are kept.
web-now-filing = To do: bring it before the court
web-now-court = Waiting for the court
web-tab-challenge = Challenge
web-tab-withheld = Withheld
web-task-challenge = Challenge
web-task-withheld = Review of what was withheld
web-take = Take it

## The challenge

web-challenges-lead = Cases in which something is challenged, until they are closed, decided otherwise or withdrawn.
web-challenges-empty = Nothing is challenged.
web-challenges-how-much = Parts
web-challenges-parts = Part { $parts }
web-standing-since = Since
web-challenge-is-to-file = Nothing is before the court yet
web-challenge-is-before = The court has it
web-challenge-is-ruled = It was ruled on
web-challenge-is-withdrawn = The authority withdrew the demand
web-challenge-is-none = No part is challenged any more
web-challenge-now-to-file = To do: file
web-challenge-now-before = Waiting for the court
web-challenge-now-ruled = To do: act on the ruling
web-challenge-now-withdrawn = Done
web-challenge-against = Against the demand of { $authority }, { $reference }. What is challenged is not handed over until it is decided.
web-challenge-decided = Decided to challenge
web-challenge-recorded = recorded by { $who }, { $at }
web-challenge-filed = Motion filed
web-challenge-filed-means = The motion, or the request for review, is before the court.
web-challenge-filed-record = Record the filing
web-challenge-filed-how = Before which court, under which number, and how you know
web-challenge-objected = Objection made
web-challenge-objected-means = The reasoned objection of Article 17 goes to the issuing authority with the form of Annex III. Sending that form records it.
web-challenge-objected-record = Record the objection
web-challenge-objected-how = To whom it went, and how you know
web-challenge-review = Court asked to review it
web-challenge-review-means = The issuing authority asked its court. Until the review ends, the order is not carried out.
web-challenge-review-record = Record the review
web-challenge-review-how = Which court has it, and how you know
web-challenge-heard = Hearing
web-challenge-heard-means = The court hears the parties. It may rule without one.
web-challenge-heard-record = Record the hearing
web-challenge-heard-how = Who was there, and what was said that matters
web-challenge-ruled = Ruling
web-challenge-ruled-means = Vacated: the part is closed. Upheld: appeal, or counsel states what the court weighed, and the law is applied again.
web-challenge-ruled-record = Record the ruling
web-challenge-ruled-how = What the court decided, under which number, and how you know
web-challenge-review-ended = End of the review
web-challenge-review-ended-means = Lifted: the part is closed. Upheld: appeal, or counsel states what the court weighed, and the law is applied again.
web-challenge-review-ended-record = Record the end of the review
web-challenge-review-ended-how = What was decided, and how you know
web-challenge-appealed = Appeal
web-challenge-appealed-means = By us or by the authority. An appeal alone stops no clock; a court that stays the demand does.
web-challenge-appealed-record = Record an appeal
web-challenge-appealed-how = Who appealed, to which court, and how you know
web-challenge-appeal-decided = Ruling on the appeal
web-challenge-appeal-decided-means = What it does is what the first ruling did.
web-challenge-appeal-decided-record = Record the ruling on the appeal
web-challenge-appeal-decided-how = What the court decided, and how you know
web-challenge-supporters = Supporters
web-challenge-supporters-means = Others who file in support are named here, with their papers.
web-challenge-supporters-record = Add a supporter
web-challenge-supporters-how = Who it is, and how you know
web-challenge-supporters-none = Nobody yet.
web-challenge-end = End
web-challenge-end-means = Vacated and closed, upheld and handed over, withdrawn by the authority, or replaced by a request for legal assistance.
web-challenge-if-lifted = The demand does not stand:
web-challenge-if-upheld = The demand stands. Counsel states in the description what the court weighed; then the law is applied again:
web-challenge-letter = Letter: { $kind }
web-challenge-beside = Clocks and supporters
web-challenge-clocks = What it does to the clocks
web-challenge-by-us = stopped by us, not by a court
web-challenge-suspended = suspended until the court’s review ends
web-challenge-clock-starts = Starts a clock: { $clock } ({ $cite })
web-challenge-clock-ends = Ends a clock: { $clock } ({ $cite })
web-challenge-clock-pauses = Pauses a clock: { $clock } ({ $cite })
web-challenge-clock-runs-on = Lets a clock run on: { $clock } ({ $cite })
web-challenge-clock-moves = Moves a clock: { $clock } ({ $cite })
web-challenge-clock-none = Moves no clock.
web-challenge-clock-done = Over, by { $by }
web-challenge-clock-paused = paused
web-challenge-clock-passed = passed
web-challenge-counts = In the figures
web-challenge-counts-means = A part that is challenged counts as challenged, and never as handed over, until it is answered otherwise.
web-challenge-papers = Papers
web-challenge-papers-none = No paper came since it was decided to challenge.
web-challenge-papers-counsel = Everybody at the desk reads these. What only counsel may read belongs in a note for counsel.
web-challenge-column-paper = Paper
web-challenge-column-by = By
web-challenge-column-when = When
web-challenge-column-read = Who may read it
web-challenge-read-desk = the desk
web-challenge-read-sent = the desk, and to whom it was sent
web-challenge-which = What was brought
web-challenge-files = Papers that belong to it
web-challenge-files-hint = The motion, the docket, the ruling. They are kept with the case.
web-letters-objects = This letter is itself the objection or motion
web-letters-objects-hint = It goes to whoever decides about it. Then it is recorded as made, and its clock ends.

## What was withheld

web-withheld-lead = Cases in which an agent withheld something, and counsel has not decided about all of it.
web-withheld-empty = Nothing that was withheld waits for counsel.
web-withheld-how-much = Withheld
web-withheld-things = { $count ->
    [one] { $count } thing
   *[other] { $count } things
}
web-withheld-count = { $count ->
    [one] { $count } thing was kept back
   *[other] { $count } things were kept back
}
web-withheld-produced = { $count ->
    [one] The same search produced { $count } item.
   *[other] The same search produced { $count } items.
}
web-withheld-why = Of the others the agent could not tell whether they lie inside the order.
web-withheld-told = The authority is told that they wait for a review.
web-withheld-not-here = Nobody can read them here.
web-withheld-lies = They lie in { $region } and stay there. The agent there shows them to counsel.
web-withheld-seen = Seen here: how many, of which category, since when, and what counsel decided. Not seen here: content, senders, subjects, folders and dates. The desk never holds them, so whoever takes it over learns none of it.
web-withheld-waiting = Waiting for counsel
web-withheld-decided = { $count ->
    [one] { $count } is decided
   *[other] { $count } are decided
}
web-withheld-what = What was searched
web-withheld-period = Period of the order
web-withheld-reason = Why it was kept back
web-withheld-reason-undated = Its date, or what belongs to it, could not be established. Which reason each one has, the list in the region says.
web-withheld-by = By whom
web-withheld-agent = The agent in { $region }
web-withheld-since = Since
web-withheld-look = Look at each of them in the region
web-withheld-look-how = Counsel, on the machine of the agent, or beside whoever runs it.
web-withheld-commands = What is typed there
web-withheld-command-list = What was withheld, and why
web-withheld-command-show = What number 1 holds
web-withheld-command-release = Release it, with a reason that the authority reads
web-withheld-command-refuse = Keep several back, with a reason
web-withheld-command-out = Write down what was decided, for this page
web-withheld-counsel-id = COUNSEL
web-withheld-own-key = The decision counts only with the signature of the counsel who made it, under the mandate that follows.
web-withheld-bring-title = Bring what was decided
web-withheld-bring-lead = The file holds numbers, reasons and commitments, signed by the agent, and nothing of what was withheld.
web-withheld-bring = The file from the region
web-withheld-bring-hint = review.note, as the agent wrote it
web-withheld-bring-button = Take it in and draft the mandate
web-withheld-one-file = Choose the one file that the agent wrote.
web-withheld-sign = Two signatures
web-withheld-sign-who = A mandate of its own. One signature is that of the counsel who decided.
web-withheld-package = A package that names them
web-withheld-recalled = The mandate of this search was recalled.
web-withheld-outcome-open = Decided by { $by }, not carried out yet
web-withheld-outcome-done = Decided by { $by }, and carried out
web-withheld-outcome-void = Decided by { $by }; its mandate can no longer be carried out
web-withheld-column-number = No.
web-withheld-column-decision = Decision
web-withheld-column-reason = Reason
web-withheld-released = Release
web-withheld-refused = Refuse
web-withheld-beside = How to weigh it
web-withheld-weigh = How to weigh it
web-withheld-weigh-date = A date field is the sender’s word. A Received field of our own server is our own.
web-withheld-weigh-nothing = What nothing dates is not shown to lie inside the period: refuse it.
web-withheld-permit = If the permit ends first
web-withheld-permit-at = It ends { $at }
web-withheld-permit-means = Then nothing more is handed over under it. What nobody decided about stays where it lies.

## Settings and keys

web-settings-mine = Your settings
web-settings-what = Language, time zone, what you see first, keys
web-settings-lead = They change what you see, in every browser in which you sign in, and nothing for anybody else.
web-settings-zone = Time zone
web-settings-zone-hint = In which you read and type times. Each page says which one it is.
web-settings-zone-own = As the desk: { $zone }
web-settings-start = What you see first
web-start-mine = My cases
web-start-today = What is due today
web-start-unassigned = Unassigned cases
web-start-open = All open cases
web-start-inbox = The inbox
web-start-counsel = What waits for counsel’s signature
web-start-challenges = Challenges
web-start-withheld = What was withheld
web-start-audit = What is watched
web-start-order = Is everything in order?
web-settings-keys = One-key shortcuts
web-settings-keys-hint = Off in fields, and never needed. No key signs, sends, decides or closes.
web-settings-button = Keep the settings
web-keys = Keys
web-keys-on = On
web-keys-off = Off
web-keys-are-on = They are on. You can switch them off:
web-keys-are-off = They are off. You can switch them on:
web-keys-lead = Everything they do is also a link, a button or a field on the page.
web-keys-everywhere = Everywhere
web-keys-list = In a list
web-keys-case = In a case
web-key-search = search
web-key-work = to the work list
web-key-inbox = to the inbox
web-key-duties = to the duties
web-key-new = new case
web-key-save = save the form in which you are
web-key-keys = this page
web-key-next = next case
web-key-previous = previous case
web-key-open = open
web-key-move = move
web-key-off = keys can be switched off
web-key-back = back to the list
web-key-tabs = the pages of the case, from left to right
web-key-take = take the case
web-key-hand-over = hand it over
web-key-call = call back
web-key-note = write a note
web-key-page-next = next page of the original
web-key-page-before = previous page of the original

## Joining and splitting

web-done-joined = The two cases are one now. The files and the earlier receipt are here.
web-done-split = This is a case of its own now, received when its papers came. Describe it next.
web-joined-to = The demand came again; it is answered in
web-join = Join this case to
web-join-hint = The case that has the same demand. This one ends; its files and its receipt go there.
web-join-button = Join them
web-split = Two demands came in these papers
web-split-why = Why it is a demand of its own
web-split-lead = The second one becomes a case of its own, with the files that you choose. They stay here, too.
web-split-which = Files of the second demand
web-split-button = Make it a case of its own

## Several cases of a list at once, and a list that is narrowed

web-column-pick = Select
web-several = The selected cases
web-several-pick = Select case { $case }
web-several-take = Take them
web-several-to = Who looks after them
web-several-nobody = Nobody
web-several-none = No case is selected. Tick the boxes at the left of the list.
web-several-done = { $count ->
    [one] One case has changed hands.
   *[other] { $count } cases have changed hands.
}
web-several-with = They are with: { $name }.
web-several-not = { $count ->
    [one] One case stays with whom it was
   *[other] { $count } cases stay with whom they were
}
web-several-rest = Of these nothing was changed. The others stand.
web-several-back = Back to the list
web-done-assigned-several = The cases have changed hands.
web-filter = Narrow the list
web-filter-any = Any
web-filter-authority = Authority
web-filter-reference = Reference
web-filter-country = Country of the authority
web-filter-instrument = Instrument
web-filter-since = Received on or after
web-filter-until = Received on or before
web-filter-state = State
web-filter-button = Show
web-filter-clear = Show all of the view
web-filter-nothing = No case of this view fits.
web-filter-words = Cases with the words: { $words }
cases-none-fit = No case fits.
cases-half-searched = { $count ->
    [one] { $count } case has more words than the search keeps, and may be missing here.
   *[other] { $count } cases have more words than the search keeps, and may be missing here.
}
web-key-select = select the case, or not
web-key-take-ticked = take the selected cases, or the one where you are
web-key-hand-over-ticked = hand the selected cases over, or the one where you are
web-key-filter = narrow the list
web-key-larger = pages of the original larger
web-key-smaller = pages of the original smaller
web-original-size = Size
web-original-percent = { $size } %

## Groups of the desk

web-group = Group: { $group }
web-groups = Groups
web-groups-lead = Analysts and counsel see and work the cases of their own groups, and learn of no others. Auditors see all of them.
web-group-name = Group
web-group-cases = Which cases
web-group-people = Analysts and counsel
web-group-authorities = Authorities of { $countries }
web-group-companies = Our companies in { $countries }, where no group answers the authority’s own country
web-group-rest = All others, and what is not described and no other group has
web-group-nobody = Nobody yet
web-group-to = Group that gets the case
web-group-to-hint = Whoever does not work for it does not see the case any more.
web-group-why = Why it goes there
web-group-button = Hand to the group
web-done-handed-to-group = The case is with the other group now. Nobody looks after it yet.
web-done-of-another-group = It is recorded. The case is with another group now, and not in your list any more.
