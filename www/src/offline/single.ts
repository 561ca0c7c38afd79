/** The page as one file: what is inside it first, then the page as it is elsewhere. */
import './within';
import '../page.css';
import '../page';
