"""The words of the till's app. ``{names}`` are filled in on the device; ``…_one`` is used for one of something."""

from django.utils.translation import pgettext


def till_texts() -> dict[str, str]:
    """Every text by its key, in the active language."""
    return {
        **_around_every_screen(),
        **_the_badge(),
        **_pairing(),
        **_signing_on(),
        **_pieces(),
        **_basket(),
        **_paying(),
        **_receipt_and_sales(),
        **_void_and_return(),
        **_contacts(),
        **_the_day(),
        **_refused(),
        **_settings(),
    }


def _around_every_screen() -> dict[str, str]:
    return {
        "back": pgettext("till", "Back"),
        "cancel": pgettext("till", "Cancel"),
        "close": pgettext("till", "Close"),
        "remove": pgettext("till", "Remove"),
        "tabs": pgettext("till", "Parts of the till"),
        "sell": pgettext("till", "Sell"),
        "sales": pgettext("till", "Sales"),
        "more": pgettext("till", "More"),
        "settings": pgettext("till", "Settings"),
        "language": pgettext("till", "Language"),
        "never": pgettext("till", "Never"),
        "reason": pgettext("till", "Reason"),
        "reason_needed": pgettext("till", "A reason is needed."),
        "note": pgettext("till", "Note"),
        "total": pgettext("till", "Total"),
        "subtotal": pgettext("till", "Subtotal"),
    }


def _the_badge() -> dict[str, str]:
    return {
        "badge_synced": pgettext("till", "All sent"),
        "badge_waiting": pgettext("till", "{n} waiting"),
        "badge_sending": pgettext("till", "Sending {n}"),
        "badge_offline": pgettext("till", "Offline"),
        "badge_refused": pgettext("till", "{n} refused"),
        "badge_revoked": pgettext("till", "Shut out"),
        "update_ready": pgettext("till", "A new version is ready."),
        "update_take": pgettext("till", "Use it now"),
        "trouble_title": pgettext("till", "This phone did not keep it"),
        "trouble_text": pgettext(
            "till",
            "What you did last is NOT kept: the phone's storage is full or was closed. "
            "Free some space, then do it again.",
        ),
        "trouble_no_store": pgettext("till", "The till cannot keep anything"),
        "trouble_no_store_text": pgettext(
            "till",
            "This browser gives it no storage. Leave the private window, or free space on the phone. "
            "What was kept stays.",
        ),
        "trouble_again": pgettext("till", "Try again"),
        "refused_all": pgettext(
            "till", "The server takes nothing at the moment: {reason} All stays safe on this phone."
        ),
        "refused_all_status": pgettext("till", "answer {status}."),
        "fair_over": pgettext("till", "This fair is closed: its stock is being counted or is settled."),
        "fair_over_sale": pgettext("till", "A sale now comes late. It is kept, and a curator has to look at it."),
        "fair_over_yes": pgettext("till", "Sell all the same"),
    }


def _pairing() -> dict[str, str]:
    return {
        "pair_title": pgettext("till", "Pair this phone"),
        "pair_lead": pgettext("till", "Once, with a network. After that the till sells without one."),
        "pair_your_fairs": pgettext("till", "Your fairs"),
        "pair_sell_at": pgettext("till", "Sell at {fair}"),
        "pair_or_code": pgettext("till", "or with a code"),
        "pair_code": pgettext("till", "Code"),
        "pair_code_hint": pgettext("till", "Eight digits from the curator."),
        "pair": pgettext("till", "Pair"),
        "pair_needs_network": pgettext("till", "No network. Pairing needs one, this once."),
        "device": pgettext("till", "Device"),
        "device_name": pgettext("till", "Name of this phone"),
        "device_name_hint": pgettext("till", "So that people know it: Rina's phone."),
        "device_unnamed": pgettext("till", "Till phone"),
        "fair": pgettext("till", "Fair"),
        "revoked_title": pgettext("till", "This phone was shut out"),
        "revoked_text": pgettext("till", "The curator has ended this phone's access. It cannot send any more."),
        "revoked_kept": pgettext(
            "till",
            "{n} entries are still here, safe. Save the file and give it to the curator, who takes it into the books.",
        ),
        "revoked_nothing_kept": pgettext("till", "Everything had been sent. Nothing is missing."),
        "revoked_pair_again": pgettext("till", "Pair again"),
    }


def _signing_on() -> dict[str, str]:
    return {
        "signon_title": pgettext("till", "Cashier"),
        "signon_who": pgettext("till", "Who is selling?"),
        "signon_nobody": pgettext("till", "No cashier yet"),
        "signon_nobody_text": pgettext("till", "The curator adds cashiers to the fair. Then fetch the list again."),
        "pin_of": pgettext("till", "{name}, your PIN"),
        "pin_enter": pgettext("till", "Sign on"),
        "pin_delete": pgettext("till", "Delete a digit"),
        "pin_wrong": pgettext("till", "That is not the PIN. Try again."),
        "pin_other": pgettext("till", "Somebody else"),
        "cashier_change": pgettext("till", "Change the cashier"),
        "catalogue_loading": pgettext("till", "Fetching the pieces …"),
        "catalogue_loading_text": pgettext("till", "This needs a network, this once."),
    }


def _pieces() -> dict[str, str]:
    return {
        "search": pgettext("till", "Search or scan a code"),
        "search_none": pgettext("till", "Nothing found"),
        "search_none_text": pgettext("till", "Try another word, or all crafts."),
        "catalogue_empty_text": pgettext(
            "till", "No piece has arrived at this fair yet. The curator receives them first."
        ),
        "crafts": pgettext("till", "Crafts"),
        "crafts_all": pgettext("till", "All"),
        "stock_left": pgettext("till", "{n} left"),
        "stock_none": pgettext("till", "None left by the books"),
        "in_basket": pgettext("till", "{n} in the basket"),
        "added": pgettext("till", "{title} is in the basket"),
        "pieces": pgettext("till", "{n} pieces"),
        "pieces_one": pgettext("till", "{n} piece"),
        "scan": pgettext("till", "Scan"),
        "scan_camera": pgettext("till", "Picture of the camera"),
        "scan_no_camera": pgettext("till", "The camera cannot be used. Type the code of the label."),
        "scan_type": pgettext("till", "Code of the label"),
        "scan_type_hint": pgettext("till", "A scanner may type here too."),
        "scan_add": pgettext("till", "Add"),
        "scan_done": pgettext("till", "To the basket"),
        "scan_unknown": pgettext("till", "No piece has the code {code}."),
    }


def _basket() -> dict[str, str]:
    return {
        "basket": pgettext("till", "Basket"),
        "basket_open": pgettext("till", "See the basket"),
        "basket_empty": pgettext("till", "The basket is empty"),
        "basket_empty_text": pgettext("till", "Tap a piece to sell it."),
        "basket_to_pieces": pgettext("till", "To the pieces"),
        "basket_more": pgettext("till", "More pieces"),
        "basket_details": pgettext("till", "Note and source"),
        "basket_clear": pgettext("till", "Empty the basket"),
        "basket_clear_text": pgettext("till", "All pieces go back. Nothing has been sold."),
        "basket_clear_yes": pgettext("till", "Empty it"),
        "basket_give_back": pgettext("till", "Give the money back"),
        "basket_give_back_text": pgettext(
            "till", "{amount} was taken for this basket already. Give it back to the buyer before the basket goes."
        ),
        "basket_give_back_yes": pgettext("till", "Given back: empty it"),
        "one_less": pgettext("till", "One less of {title}"),
        "one_more": pgettext("till", "One more of {title}"),
        "units_of": pgettext("till", "Units of {title}"),
        "discount": pgettext("till", "Discount"),
        "discount_on": pgettext("till", "Discount on {title}"),
        "discount_whole": pgettext("till", "Discount on all"),
        "discount_kind": pgettext("till", "Discount in"),
        "discount_in_rupiah": pgettext("till", "Rupiah"),
        "discount_in_percent": pgettext("till", "Percent"),
        "discount_amount": pgettext("till", "Rupiah off"),
        "discount_percent": pgettext("till", "Percent off"),
        "discount_bad_percent": pgettext("till", "A number from 0 to 100, like 10 or 7.5."),
        "discount_reason": pgettext("till", "Reason of the discount"),
        "discount_reason_several": pgettext("till", "Several pieces"),
        "discount_reason_last_day": pgettext("till", "Last day"),
        "discount_reason_flaw": pgettext("till", "Small flaw"),
        "discount_save": pgettext("till", "Take it off"),
        "discount_remove": pgettext("till", "No discount"),
        "source": pgettext("till", "What brought the buyer?"),
        "source_hint": pgettext("till", "Only if they say so."),
        "source_none": pgettext("till", "Not known"),
        "pay_amount": pgettext("till", "Pay {amount}"),
    }


def _paying() -> dict[str, str]:
    return {
        "pay": pgettext("till", "Pay"),
        "pay_due": pgettext("till", "To pay"),
        "pay_left": pgettext("till", "Left to pay"),
        "pay_part": pgettext("till", "Amount paid this way"),
        "pay_part_hint": pgettext("till", "{amount} is left to pay."),
        "pay_part_too_much": pgettext("till", "That is more than the {amount} left to pay."),
        "pay_split": pgettext("till", "Split the payment"),
        "pay_other_way": pgettext("till", "Another way to pay"),
        "pay_done": pgettext("till", "{amount} received: sold"),
        "pay_take_part": pgettext("till", "Take {amount}"),
        "pay_too_much": pgettext("till", "More was taken than is to be paid. Remove a payment."),
        "tender_cash": pgettext("till", "Cash"),
        "tender_qris": pgettext("till", "QRIS"),
        "tender_card": pgettext("till", "Card"),
        "tender_transfer": pgettext("till", "Bank transfer"),
        "tender_remove": pgettext("till", "Remove {kind}"),
        "cash_exact": pgettext("till", "Exact"),
        "cash_received": pgettext("till", "Received"),
        "cash_change": pgettext("till", "Change"),
        "cash_missing": pgettext("till", "Missing"),
        "qris_code": pgettext("till", "QRIS code for {amount}"),
        "qris_hint": pgettext("till", "The buyer scans and pays. Look at their phone: it says that it is paid."),
        "qris_confirm": pgettext("till", "I have seen it: paid"),
        "qris_missing": pgettext("till", "This fair has no QRIS code. Use the printed one at the stall."),
        "reference_card": pgettext("till", "Number on the card slip"),
        "reference_transfer": pgettext("till", "Number or sender of the transfer"),
        "reference_hint": pgettext("till", "So that the payment can be found again."),
        "reference_needed": pgettext("till", "Write the number, so that the payment can be found again."),
        "sold": pgettext("till", "Sold"),
        "sold_elsewhere": pgettext("till", "This basket was sold, emptied or changed in another window."),
        "not_kept": pgettext("till", "The sale is NOT kept. Do not hand over the piece yet; try again."),
        "next_sale": pgettext("till", "Next sale"),
    }


def _receipt_and_sales() -> dict[str, str]:
    return {
        "receipt": pgettext("till", "Receipt"),
        "receipt_of": pgettext("till", "Receipt {number}"),
        "receipt_cashier": pgettext("till", "Cashier: {name}"),
        "receipt_thanks": pgettext("till", "Thank you. Made by hand on Bangka Belitung."),
        "print": pgettext("till", "Print"),
        "whatsapp": pgettext("till", "WhatsApp"),
        "whatsapp_number": pgettext("till", "Buyer's number"),
        "whatsapp_hint": pgettext("till", "Leave it empty to choose a contact in WhatsApp."),
        "whatsapp_open": pgettext("till", "Open WhatsApp"),
        "sale": pgettext("till", "Sale"),
        "sale_gone": pgettext("till", "This sale is not on this phone"),
        "sale_gone_text": pgettext("till", "Phones keep their own sales, for a month."),
        "sales_today": pgettext("till", "Sales today"),
        "sales_of": pgettext("till", "Sales of {day}"),
        "sales_other_days": pgettext("till", "Other days"),
        "sales_none": pgettext("till", "No sale yet"),
        "sales_none_text": pgettext("till", "What this phone sells shows here."),
        "takings": pgettext("till", "Takings"),
        "and_more": pgettext("till", "and {n} more"),
        "send_now": pgettext("till", "Send now"),
        "waiting_events": pgettext("till", "{n} entries wait to be sent."),
        "waiting_events_one": pgettext("till", "{n} entry waits to be sent."),
        "refused_events": pgettext("till", "{n} entries were refused"),
        "refused_events_one": pgettext("till", "{n} entry was refused"),
        "state_waiting": pgettext("till", "Waiting"),
        "state_sent": pgettext("till", "Sent"),
        "state_refused": pgettext("till", "Refused"),
    }


def _void_and_return() -> dict[str, str]:
    return {
        "void": pgettext("till", "Void"),
        "void_lead": pgettext("till", "Undo {number}: it was a mistake and the pieces stay at the stall."),
        "void_yes": pgettext("till", "Void the sale"),
        "void_reason_mistake": pgettext("till", "Wrong piece"),
        "void_reason_unpaid": pgettext("till", "Not paid after all"),
        "void_reason_double": pgettext("till", "Entered twice"),
        "return": pgettext("till", "Return"),
        "return_lead": pgettext("till", "The buyer of {number} brings pieces back."),
        "return_yes": pgettext("till", "Take back and pay back"),
        "return_of": pgettext("till", "{n} can come back, {amount}"),
        "return_damaged": pgettext("till", "Damaged"),
        "return_choose": pgettext("till", "Choose what comes back."),
        "return_reason_size": pgettext("till", "Size"),
        "return_reason_flaw": pgettext("till", "Flaw"),
        "return_reason_mind": pgettext("till", "Changed their mind"),
        "pay_back": pgettext("till", "Pay back"),
        "pay_back_by": pgettext("till", "Paid back by"),
        "void_pays_back": pgettext("till", "The money goes back as it came. Paid back another way? Make it a return."),
        "reason_needed": pgettext("till", "Write the reason."),
        "reversal_void": pgettext("till", "Voided"),
        "reversal_return": pgettext("till", "Returned"),
    }


def _contacts() -> dict[str, str]:
    return {
        "enquiry": pgettext("till", "Contact or enquiry"),
        "enquiry_minor": pgettext("till", "Buyer's contact, export, wholesale"),
        "enquiry_from_sale": pgettext("till", "Note the buyer's contact"),
        "enquiry_of_sale": pgettext("till", "Buyer of {number}"),
        "enquiry_kind": pgettext("till", "What is it about?"),
        "enquiry_contact": pgettext("till", "Contact"),
        "enquiry_export": pgettext("till", "Export"),
        "enquiry_wholesale": pgettext("till", "Wholesale"),
        "enquiry_name": pgettext("till", "Name"),
        "enquiry_phone": pgettext("till", "Phone or WhatsApp"),
        "enquiry_email": pgettext("till", "E-mail"),
        "enquiry_country": pgettext("till", "Country or city"),
        "enquiry_message": pgettext("till", "What they look for"),
        "enquiry_consent": pgettext("till", "They agree that we keep this and write to them about it."),
        "enquiry_needs_way": pgettext("till", "A phone number or an e-mail address is needed."),
        "enquiry_needs_name": pgettext("till", "A name is needed."),
        "enquiry_bad_email": pgettext("till", "This is not a whole e-mail address, like name@example.com."),
        "enquiry_save": pgettext("till", "Keep it"),
        "enquiry_kept": pgettext("till", "Kept"),
    }


def _the_day() -> dict[str, str]:
    return {
        "day_open": pgettext("till", "Open the day"),
        "day_close": pgettext("till", "Close the day"),
        "day_open_lead": pgettext("till", "Count the cash in the drawer before the first sale."),
        "day_open_minor": pgettext("till", "Count the cash in the drawer"),
        "day_not_open": pgettext("till", "The day is not open yet. Count the drawer."),
        "day_too_much": pgettext("till", "One drawer holds {amount} at most."),
        "day_note_needed": pgettext("till", "Write why it differs."),
        "day_float": pgettext("till", "Cash in the drawer"),
        "day_float_hint": pgettext("till", "Also when it is nought."),
        "day_opened": pgettext("till", "The day is open"),
        "day_closed": pgettext("till", "The day is closed"),
        "day_in_drawer": pgettext("till", "{amount} should be in the drawer"),
        "day_since": pgettext("till", "Open since {when}"),
        "day_cash_taken": pgettext("till", "Cash taken"),
        "day_expected": pgettext("till", "Should be there"),
        "day_counted": pgettext("till", "Counted"),
        "day_counted_hint": pgettext("till", "All cash in the drawer, in rupiah."),
        "day_agrees": pgettext("till", "It agrees."),
        "day_over": pgettext("till", "{amount} too much"),
        "day_short": pgettext("till", "{amount} missing"),
        "day_note": pgettext("till", "Why?"),
        "day_note_hint": pgettext("till", "What you know about the difference."),
        "day_waiting": pgettext("till", "{n} entries are not sent yet. They stay safe on this phone."),
    }


def _refused() -> dict[str, str]:
    return {
        "refused": pgettext("till", "Refused"),
        "refused_lead": pgettext(
            "till", "The server did not take these. They are safe here. Save the file for the curator."
        ),
        "refused_none": pgettext("till", "Nothing was refused"),
        "refused_none_text": pgettext("till", "All is well."),
        "refused_retry": pgettext("till", "Send again"),
        "refused_forget": pgettext("till", "Remove what the curator has"),
        "refused_forget_text": pgettext(
            "till", "Only when the curator has taken the file into the books. It cannot be undone."
        ),
        "refused_forget_yes": pgettext("till", "The curator has it: remove"),
        "refused_forgotten": pgettext("till", "Removed"),
        "export_save": pgettext("till", "Save the file"),
        "kind_sale": pgettext("till", "Sale"),
        "kind_reversal": pgettext("till", "Void or return"),
        "kind_enquiry": pgettext("till", "Enquiry"),
        "kind_day_open": pgettext("till", "Day opened"),
        "kind_day_close": pgettext("till", "Day closed"),
        "refusal_unknown": pgettext("till", "The server did not take it."),
        "refusal_echo_differs": pgettext(
            "till", "The server has other figures than this phone. The curator compares both."
        ),
        "refusal_too_large": pgettext("till", "Too large to be sent. The curator takes it from the file."),
        "refusal_other_fair": pgettext("till", "Sold at another fair than the one this phone is paired with now."),
    }


def _settings() -> dict[str, str]:
    return {
        "catalogue_of": pgettext("till", "Pieces as of"),
        "clock_here": pgettext("till", "Clock"),
        "clock_right": pgettext("till", "Right"),
        "clock_fast": pgettext("till", "{n} minutes fast"),
        "clock_slow": pgettext("till", "{n} minutes slow"),
        "storage": pgettext("till", "Storage"),
        "storage_kept": pgettext("till", "Kept for certain"),
        "storage_may_go": pgettext("till", "The browser may clear it when space is short. Send often."),
        "version": pgettext("till", "Version"),
        "refresh": pgettext("till", "Fetch the pieces again"),
        "refreshing": pgettext("till", "Fetching …"),
        "unpair": pgettext("till", "Unpair this phone"),
        "unpair_text": pgettext("till", "The phone forgets the fair and its sales, which have all been sent."),
        "unpair_yes": pgettext("till", "Unpair"),
        "unpair_refused": pgettext(
            "till",
            "{n} entries are still here. Send them, or give the file to the curator; then the phone can be unpaired.",
        ),
    }
