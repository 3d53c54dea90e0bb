# What the interface itself says, in English. Numbers are written in the site's digits.

## The page
skip-to-content = Skip to content
sections = Sections
site-pages = Pages of this site
feed = RSS feed
copyright = © { $name }
trail = Where this is filed
colon = :
list-comma = ,

## Front page
top-stories = Top stories
latest = Latest
opinion = Opinion
front-empty-title = Nothing has been published yet
front-empty-text = The first stories will appear here as soon as they are published.

## Lists
listing-tag = Tag
listing-author = Author
listing-children = Within this list
listing-empty = There are no articles here yet.
articles-more-than = More than { $n } articles
articles-count =
    { $n ->
        [0] No articles
        [one] One article
       *[other] { $n } articles
    }
pages-count =
    { $n ->
        [0] No pages
        [one] One page
       *[other] { $n } pages
    }
pages = Pages of the list
page = Page
page-of = Page { $page } of { $pages }
page-newer = Newer
page-older = Older

## Search
search = Search
search-words = Words to search for
search-submit = Search
search-narrow = More options
search-section = Section
search-kind = Kind of article
search-any = All
search-from = From
search-until = To
search-sort = Order
search-by-fit = Best match first
search-by-date = Newest first
search-hint = Type one word or more. Put a phrase in quotation marks to find it just so, and a minus sign before a word that you do not want.
search-nothing = Nothing was found.
search-meant = Did you mean:
search-nothing-help = Try fewer words, or another spelling of names.
search-previous = Previous
search-next = Next

## Article
kind-own = Our own
kind-wire = Wire
kind-translation = Translation
kind-opinion = Opinion
kind-sponsored = Sponsored
role-writer = By
role-translator = Translated by
role-editor = Edited by
role-photographer = Photographs by
role-correspondent = Correspondent
updated = Updated { $date }, { $time }
reading-minutes =
    { $n ->
        [0] Less than a minute to read
        [one] One minute to read
       *[other] { $n } minutes to read
    }
corrections = Corrections
correction-update = Update
correction-correction = Correction
correction-clarification = Clarification
about-article = About this article
source = Source
translations = In other languages
tags = Tags
short-address = Short link
copy = Copy
copied = Copied
onward = Neighbouring articles
newer-article = Next article
older-article = Previous article
related = Read next

## Comments
comments-count =
    { $n ->
        [0] No comments
        [one] One comment
       *[other] { $n } comments
    }
comment-pages = Pages of the discussion
comments-closed = The discussion of this article is closed.
comment-staff = Newsroom
comment-in-reply = In reply to an earlier comment
reply = Reply
reply-to = Reply to { $name }
reply-parent = Back to the comment
reply-cancel = Cancel the reply
respond = Write a comment
form-note = We sometimes read comments before they are published, so yours may take a while to appear.
form-problems = Your comment has not been sent yet. Please correct the following:
field-comment = Your comment
field-author = Name
field-email = E-mail address
field-url = Your website
field-trap = Leave this field empty
email-promise = Your e-mail address will not be published.
optional = Optional
send-comment = Send the comment
comment-error-author-missing = Please write your name.
comment-error-author-too-long = This name is longer than the field allows.
comment-error-author-invalid = This name has characters that cannot be accepted.
comment-error-author-reserved = This is the name of one of our editors. Please choose another.
comment-error-email-missing = Please write your e-mail address. Nobody else will see it.
comment-error-email-invalid = This does not look like an e-mail address, such as name@example.com.
comment-error-email-too-long = This e-mail address is too long.
comment-error-url-invalid = This does not look like a web address, which usually begins with https://.
comment-error-url-too-long = This web address is too long.
comment-error-comment-missing = You have not written your comment yet.
comment-error-comment-too-long = Your comment is longer than allowed. Please shorten it a little.
comment-error-comment-invalid = Your comment has characters that cannot be accepted.
comment-error-too-fast = Many comments in a short time. Wait a minute, then send it again.
comment-error-closed = The discussion of this article is closed.
comment-error-duplicate = You have already sent this very comment.
comment-error-parent-missing = The comment that you answer is no longer there.
comment-error-refused = This comment could not be accepted. Look through its text and send it again.

## Messages
message-status = Error { $code }
message-back = Back to the article
message-home = Front page
message-stories = You may want to read
message-not-found-title = We did not find this page
message-not-found-text = The address may have changed or lost a letter. Try starting from the front page.
message-gone-title = This article was withdrawn
message-gone-text = There was an article here. The editors withdrew it, and it is no longer available.
message-forbidden-title = We did not accept this request
message-forbidden-text = The form was sent from another site, and we accept only what is sent from our own pages. Open the article and try again from there.
message-method-not-allowed-title = This page does not open like that
message-method-not-allowed-text = This address only receives forms. Go back to the article and send the form from there.
message-too-large-title = This is larger than allowed
message-too-large-text = Shorten the text, then send it again.
message-invalid-title = We did not understand this request
message-invalid-text = Something was missing, or came in a form that we did not expect.
message-too-many-title = Not so fast, please
message-too-many-text = Many requests came from your network in a short time. Wait a minute, then try again.
message-broken-title = Something went wrong on our side
message-broken-text = This page could not be shown, and the error was recorded so that it can be fixed. Try again in a moment.
message-unavailable-title = Back in a moment
message-unavailable-text = We cannot do this at the moment. Nothing was lost; try again in a minute.
message-comment-held-title = Your comment has arrived
message-comment-held-text = Thank you. It will appear below the article once an editor has read it.

## Dates (Arabic month names come from the region of the site; these stand for the other languages)
date-long = { $day } { $month } { $year }
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

## Feeds and later pages of the front
comments-heading = Comments
comment-by = { $name } on: { $headline }
listing-latest = Latest
