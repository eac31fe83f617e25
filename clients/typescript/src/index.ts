export const protocolVersion = '0.2.0';
