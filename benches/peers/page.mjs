export const page = () => 'x';
